"""Rows of history as they stand in the database, read without trusting any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import CharField
from django.db.models.functions import Cast

from apps.audit.domain.entry import Entry, Mark
from apps.audit.models import Event, Head, SealedHead

ROWS_AT_ONCE = 2_000
UNREADABLE = datetime.min.replace(tzinfo=UTC)  # hashes to nothing that was ever recorded
WRITTEN = Cast("at", CharField())  # as text: an instant that is none must not stop the reader


def all_entries() -> Iterator[Entry]:
    """Every event, by subject and place; no more than some thousands are held at once."""
    rows = Event.objects.order_by("subject", "seq").annotate(written=WRITTEN)
    fields = ("subject", "seq", "verb", "by", "written", "payload", "previous", "hash")
    for subject, seq, verb, by, at, payload, previous, hashed in rows.values_list(*fields).iterator(
        chunk_size=ROWS_AT_ONCE
    ):
        yield Entry(subject, seq, verb, by, read_instant(at), payload, previous, hashed)


def all_heads() -> list[Mark]:
    """Every head, that of the seals too."""
    return [Mark(*row) for row in Head.objects.values_list("subject", "seq", "hash")]


def all_sealed_heads() -> list[Mark]:
    """Every head that a seal holds."""
    return [Mark(*row) for row in SealedHead.objects.values_list("subject", "seq", "hash")]


def read_instant(text: str) -> datetime:
    """An instant as either database writes it; UNREADABLE for what is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return UNREADABLE
    return at if at.tzinfo else at.replace(tzinfo=UTC)
