"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"
