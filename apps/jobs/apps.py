"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.jobs"
    label = "jobs"
    verbose_name = "Jobs"
