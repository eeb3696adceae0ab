"""Seal all heads at one moment: after that a chain cannot be rewritten, not even from its start."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.audit.domain.canon import digest, instant
from apps.audit.domain.entry import Mark, root_of
from apps.audit.domain.heads import SEALS, hold_head, move_head
from apps.audit.models import Head, Seal, SealedHead

ROWS_AT_ONCE = 500


def seal_digest(*, number: int, at: datetime, heads: int, root: str, previous: str) -> str:
    """The hash a seal must carry: over all it says and the seal before it."""
    return digest(
        {"number": number, "at": instant(at), "heads": heads, "root": root, "previous": previous}
    )


@transaction.atomic
def seal(*, at: datetime) -> Seal:
    """Seal every head as it stands; the newest seal's hash is worth keeping outside the machine.

    Two seals at once queue at the head of the seals. A subject that did not move since the seal
    before is counted and hashed again, but not written again.
    """
    top = hold_head(SEALS)
    ends = _ends()
    marks = [mark for mark, _ in ends]
    number, root = top.seq + 1, root_of(marks)
    hashed = seal_digest(number=number, at=at, heads=len(marks), root=root, previous=top.hash)
    made = Seal.objects.create(
        number=number, at=at, heads=len(marks), root=root, previous=top.hash, hash=hashed
    )
    SealedHead.objects.bulk_create(
        [
            SealedHead(number=number, subject=mark.subject, seq=mark.seq, hash=mark.hash)
            for mark, sealed in ends
            if not sealed
        ],
        batch_size=ROWS_AT_ONCE,
    )
    move_head(top, to=hashed)
    return made


def _ends() -> list[tuple[Mark, bool]]:
    """The end of every chain of events, and whether a seal holds that very place already."""
    held = SealedHead.objects.filter(subject=OuterRef("subject"), seq=OuterRef("seq"))
    rows = Head.objects.exclude(subject=SEALS).annotate(sealed=Exists(held))
    return [
        (Mark(subject, seq, hashed), sealed)
        for subject, seq, hashed, sealed in rows.values_list("subject", "seq", "hash", "sealed")
    ]
