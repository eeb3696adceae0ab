"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.rulebook"
    label = "rulebook"
    verbose_name = "Rulebook"
