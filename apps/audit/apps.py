"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.audit"
    label = "audit"
    verbose_name = "History"
