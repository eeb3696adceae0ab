"""The installation as Django sees it; brings Celery and the system checks up with it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from collabscreen.celery import app as celery_app


class CollabscreenConfig(AppConfig):
    """The installed app that holds commands and checks."""

    name = "collabscreen"
    label = "collabscreen"
    verbose_name = "Installation"
    celery = celery_app

    def ready(self) -> None:
        """Register the checks: they read models, which are there only now."""
        autodiscover_modules("checks")
