"""Read history back as plain data, oldest first."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from apps.audit.domain.entry import Entry
from apps.audit.models import Event, Head

FIELDS = ("subject", "seq", "verb", "by", "at", "payload", "previous", "hash")


def events_of(subject: str, *, after: int = 0) -> list[Entry]:
    """Everything that happened to a subject, or what happened after one place; one query."""
    rows = Event.objects.filter(subject=subject, seq__gt=after).order_by("seq")
    return [Entry(*row) for row in rows.values_list(*FIELDS)]


def latest_of(subjects: Collection[str]) -> dict[str, Entry]:
    """The newest event of each subject that has one; one query however many there are."""
    end = Head.objects.filter(subject=OuterRef("subject")).values("seq")
    rows = Event.objects.filter(subject__in=subjects, seq=Subquery(end))
    return {row[0]: Entry(*row) for row in rows.values_list(*FIELDS)}
