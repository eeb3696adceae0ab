"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.portal"
    label = "portal"
    verbose_name = "Portal"
