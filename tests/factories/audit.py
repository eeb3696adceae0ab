"""Events for tests, written through the one door of history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from apps.audit.domain.append_only import remove_triggers
from apps.audit.domain.record import record
from apps.audit.models import Event

MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OFFICER = "user:5f2b"
DRAFT: Mapping[str, object] = {"kind": "visit"}


def happened(subject: str = "case:CS-2026-0001", *, times: int = 1) -> list[Event]:
    """So many drafts opened on one subject, a minute apart, each in its own transaction."""
    events = []
    for minute in range(times):
        with transaction.atomic():
            events.append(
                record(
                    subject=subject,
                    verb="open_draft",
                    by=OFFICER,
                    at=MORNING + timedelta(minutes=minute),
                    payload=DRAFT,
                )
            )
    return events


def tamper(sql: str, *values: str | int) -> None:
    """Run a statement as somebody who owns the database and takes the triggers away first."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
