"""The installation as Django sees it; brings Celery up with it."""

from __future__ import annotations

from django.apps import AppConfig

from collabscreen.celery import app as celery_app


class CollabscreenConfig(AppConfig):
    """The installed app that holds commands and checks."""

    name = "collabscreen"
    label = "collabscreen"
    verbose_name = "Installation"
    celery = celery_app
