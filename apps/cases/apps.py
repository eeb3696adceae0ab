"""Registers the room of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and their facts."""

    name = "apps.cases"
    label = "cases"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"
