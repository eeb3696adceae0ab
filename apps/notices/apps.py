"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.notices"
    label = "notices"
    verbose_name = "Notices"
