"""Registers the room of people and offices."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, institutions and offices."""

    name = "apps.accounts"
    label = "accounts"
    verbose_name = "People and offices"
    default_auto_field = "django.db.models.BigAutoField"
