"""The room as Django sees it; guards every append-only table after each migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from apps.audit.domain.append_only import install_triggers, protect


def guard_tables(*, using: str, **_: object) -> None:
    """Put the triggers back: SQLite drops them whenever a migration rebuilds a table."""
    install_triggers(connections[using])


class AuditConfig(AppConfig):
    """Label and name of the room."""

    name = "apps.audit"
    label = "audit"
    verbose_name = "History"

    def ready(self) -> None:
        """Guard the own tables; other rooms name theirs in their own `ready`."""
        for model in ("Event", "Seal", "SealedHead"):
            protect(self.get_model(model))
        protect(self.get_model("Head"), moving=True)
        post_migrate.connect(guard_tables, sender=self)
