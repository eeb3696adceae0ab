"""The room as Django sees it: conclusions are append-only, second signatures a second person's."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from apps.audit.domain.append_only import protect
from apps.screening.domain.second_person import check_second_person, install, remove_for_migration

KEPT = ("Determination", "Recommendation", "Signature", "CaseDecision")


def loosen(*, using: str, **_: object) -> None:
    """Before migrations: nothing may stand in the way of rebuilding a table."""
    remove_for_migration(connections[using])


def guard(*, using: str, **_: object) -> None:
    """After migrations: nobody signs under an own recommendation."""
    install(connections[using])


class ScreeningConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.screening"
    label = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        """Guard what was concluded."""
        for model in KEPT:
            protect(self.get_model(model))
        pre_migrate.connect(loosen, sender=self)
        post_migrate.connect(guard, sender=self)
        checks.register(check_second_person, checks.Tags.database)
