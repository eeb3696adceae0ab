"""The end of a chain, held by one writer at a time."""

from __future__ import annotations

from apps.audit.models import Head

SEALS = (
    "seals"  # the chain of seals has a head too; no event can be its subject: those have a colon
)


def hold_head(subject: str) -> Head:
    """Lock the head of a subject until the transaction ends, making it when there is none.

    PostgreSQL lets writers of one subject queue at this row; on SQLite the transaction already
    holds the only write lock (IMMEDIATE).
    """
    held = Head.objects.select_for_update().filter(subject=subject).first()
    if held is None:
        # Two first writers: the second waits for the first, then finds its row.
        Head.objects.bulk_create([Head(subject=subject)], ignore_conflicts=True)
        held = Head.objects.select_for_update().get(subject=subject)
    return held


def move_head(head: Head, *, to: str) -> None:
    """Let the chain end one place further, in a hash."""
    head.seq += 1
    head.hash = to
    head.save(update_fields=["seq", "hash"])
