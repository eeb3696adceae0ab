"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class WatchlistsConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.watchlists"
    label = "watchlists"
    verbose_name = "Watch lists"
