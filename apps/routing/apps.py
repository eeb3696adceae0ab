"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.routing"
    label = "routing"
    verbose_name = "Routing"
