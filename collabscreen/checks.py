"""What must be true of an installation before people rely on it, asked by `manage.py check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  its name there
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from apps.accounts.domain.queries import institutions_without_catch_all
from apps.audit.domain.append_only import missing_triggers
from apps.rulebook.domain.editions import is_any_published


@register(Tags.security)
def work_is_not_eager(**_: Any) -> list[CheckMessage]:
    """Eager tasks know no delay, no lease and no lost message: nothing is tested that way."""
    if not settings.CELERY_TASK_ALWAYS_EAGER:
        return []
    return [
        Error(
            "Tasks run inside the request.",
            hint="Remove CELERY_TASK_ALWAYS_EAGER; a worker runs beside the web server.",
            id="collabscreen.E001",
        )
    ]


@register(Tags.database)
def rows_are_kept(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The triggers of every append-only table are there, switched on and unaltered."""
    return [
        Error(
            f"Rows could be rewritten: trigger {name} is missing or altered.",
            hint="Find out who took it away; `manage.py migrate --skip-checks` puts it back.",
            id="collabscreen.E002",
        )
        for alias in _ready(databases)
        for name in missing_triggers(connections[alias])
    ]


@register(Tags.database)
def nothing_is_nobodys(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Each institution has an office that takes what no other office is for."""
    return [
        Warning(
            f"{institution} has no catch-all office: some requests could reach nobody.",
            hint="Name one office of the institution as catch-all.",
            id="collabscreen.W001",
        )
        for _alias in _ready(databases)
        for institution in institutions_without_catch_all()
    ]


@register(Tags.database)
def there_is_law(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An edition of the rulebook is published, or nothing can be determined."""
    return [
        Warning(
            "No edition of the rulebook is published: every request would be refused.",
            hint="Load one with `manage.py rulebook_load`.",
            id="collabscreen.W002",
        )
        for _alias in _ready(databases)
        if not is_any_published()
    ]


def _ready(databases: Sequence[str] | None) -> list[str]:
    """The databases that were asked about and hold every migration; others are still being made."""
    return [alias for alias in databases or () if not _pending(alias)]


def _pending(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
