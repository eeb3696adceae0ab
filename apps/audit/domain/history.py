"""Read history back as plain data, oldest first."""

from __future__ import annotations

from apps.audit.domain.entry import Entry
from apps.audit.models import Event

FIELDS = ("subject", "seq", "verb", "by", "at", "payload", "previous", "hash")


def events_of(subject: str, *, after: int = 0) -> list[Entry]:
    """Everything that happened to a subject, or what happened after one place; one query."""
    rows = Event.objects.filter(subject=subject, seq__gt=after).order_by("seq")
    return [Entry(*row) for row in rows.values_list(*FIELDS)]
