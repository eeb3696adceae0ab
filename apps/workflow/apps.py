"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.workflow"
    label = "workflow"
    verbose_name = "Workflow"
