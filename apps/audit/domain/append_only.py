"""Keep rows as they were written: triggers refuse what would change or remove them."""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.audit.domain.triggers import Guard, Trigger, drop, found, wanted

_GUARDED: dict[str, Guard] = {}


def protect(model: type[models.Model], *, moving: bool = False) -> None:
    """Name a table whose rows are never changed or removed; call it in an AppConfig's `ready`.

    With `moving` rows may change but never vanish. Raises ValueError for a model with a unique
    constraint that SQLite could be made to replace through and a trigger cannot see.
    """
    _GUARDED[model._meta.label] = Guard.of(model, moving=moving)


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every missing trigger in place; does nothing when all are there."""
    with connection.cursor() as cursor:
        for trigger in _missing(connection):
            for statement in (drop(trigger), *trigger.before, trigger.sql):
                cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away, so that a test database can be emptied; never used in service."""
    with connection.cursor() as cursor:
        for trigger in _wanted(connection):
            cursor.execute(drop(trigger))


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not, or are switched off or altered."""
    return [trigger.name for trigger in _missing(connection)]


def _missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    present = found(connection)
    return [
        trigger
        for trigger in _wanted(connection)
        if present.get((trigger.table, trigger.name)) != trigger.body
    ]


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    tables = set(connection.introspection.table_names())
    return [
        trigger
        for guard in _GUARDED.values()
        if guard.table in tables
        for trigger in wanted(guard, vendor=connection.vendor)
    ]
