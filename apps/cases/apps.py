"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.cases"
    label = "cases"
    verbose_name = "Cases"
