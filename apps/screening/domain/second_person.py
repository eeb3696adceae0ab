"""The trigger that keeps a second signature a second person's, whoever writes the row and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.audit.domain.triggers import Trigger, drop, found

SIGNATURES, RECOMMENDATIONS = "screening_signature", "screening_recommendation"
NAME = "screening_signature_second_person"
FUNCTION = "screening_second_person"
WHY = "signature: the signer is neither author nor requester"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the trigger in place, if its table is there and the trigger is not."""
    if missing(connection):
        trigger = _trigger(connection.vendor)
        with connection.cursor() as cursor:
            for statement in (drop(trigger), *trigger.before, trigger.sql):
                cursor.execute(statement)


def remove_for_migration(connection: BaseDatabaseWrapper) -> None:
    """Take it away while a table it reads may be rebuilt: SQLite would not rename it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(drop(_trigger(connection.vendor)))


def missing(connection: BaseDatabaseWrapper) -> bool:
    """Whether signatures can be written without the trigger looking at them."""
    trigger = _trigger(connection.vendor)
    if trigger.table not in connection.introspection.table_names():
        return False
    return found(connection).get((trigger.table, trigger.name)) != trigger.body


def check_second_person(
    *,
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  part of Django's signature
    databases: Sequence[str] | None,
    **_: Any,
) -> list[CheckMessage]:
    """System check: the trigger is there on every database that is looked at."""
    return [
        Error(
            "A signature could be written by the author of the recommendation.",
            hint="Run `manage.py migrate`: it puts the trigger back.",
            id="screening.E001",
        )
        for alias in databases or []
        if missing(connections[alias])
    ]


def _trigger(vendor: str) -> Trigger:
    wrong = (
        f'NOT EXISTS (SELECT 1 FROM "{RECOMMENDATIONS}" r'  # noqa: S608  a constant of ours
        " WHERE r.id = NEW.recommendation_id"
        " AND r.author_id = NEW.author_id"
        " AND NEW.signer_id NOT IN (r.author_id, r.requester_id))"
    )
    if vendor == "sqlite":
        sql = (
            f'CREATE TRIGGER "{NAME}" BEFORE INSERT ON "{SIGNATURES}" WHEN {wrong}'
            f" BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )
        return Trigger(SIGNATURES, NAME, sql, body=sql)
    body = (
        f" BEGIN IF {wrong} THEN RAISE EXCEPTION '{WHY}' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW; END "
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
    )
    sql = (
        f'CREATE TRIGGER "{NAME}" BEFORE INSERT ON "{SIGNATURES}"'
        f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
    )
    return Trigger(SIGNATURES, NAME, sql, body=body, before=(function,))
