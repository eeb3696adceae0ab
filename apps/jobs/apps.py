"""The room as Django sees it; finds the handlers of every room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Load the `tasks` module of each room: there it names the kinds of job it handles."""
        autodiscover_modules("tasks")
