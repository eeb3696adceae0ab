"""Recompute the chain of seals: each seal's own hash, its root over all heads, none missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.audit.domain.entry import Mark, root_of
from apps.audit.domain.findings import Finding
from apps.audit.domain.heads import SEALS
from apps.audit.domain.seal import seal_digest
from apps.audit.domain.stored import WRITTEN, read_instant
from apps.audit.models import Head, Seal, SealedHead


@dataclass(frozen=True, slots=True)
class Stored:
    """A seal as it stands in the database."""

    number: int
    at: datetime
    heads: int
    root: str
    previous: str
    hash: str

    def digest(self) -> str:
        """The hash it must carry."""
        return seal_digest(
            number=self.number,
            at=self.at,
            heads=self.heads,
            root=self.root,
            previous=self.previous,
        )


def check_seals() -> Iterator[Finding]:
    """Seals changed, removed, out of line, cut off, or that do not hold the heads they name."""
    top = Head.objects.filter(subject=SEALS).values_list("seq", "hash").first() or (0, "")
    seals = _stored_seals()
    yield from _check_line(seals)
    yield from _check_roots(seals, _sealed_by_number())
    end = seals[-1] if seals else None
    if (end.number if end else 0) < top[0]:
        yield _finding(top[0], "seal_cut_off", "The newest seal is missing.")
    elif end and end.number == top[0] and end.hash != top[1]:
        yield _finding(end.number, "seal_replaced", "The newest seal is not the one last made.")


def _check_line(seals: Sequence[Stored]) -> Iterator[Finding]:
    number, previous = 1, ""
    for seal in seals:
        for gap in range(number, seal.number):
            yield _finding(gap, "seal_removed", "No seal stands here.")
        if seal.number == number and seal.previous != previous:
            yield _finding(seal.number, "seal_replaced", "It does not follow the seal before it.")
        if seal.hash != seal.digest():
            yield _finding(seal.number, "seal_changed", "The seal is not what was made.")
        number, previous = seal.number + 1, seal.hash


def _check_roots(
    seals: Sequence[Stored], sealed: Mapping[int, Sequence[Mark]]
) -> Iterator[Finding]:
    held: dict[str, Mark] = {}
    root = root_of(())
    for seal in seals:
        moved = sealed.get(seal.number, ())
        held |= {mark.subject: mark for mark in moved}
        root = root_of(held.values()) if moved else root
        if seal.heads != len(held) or seal.root != root:
            yield _finding(seal.number, "seal_forged", "It does not hold the heads kept with it.")


def _stored_seals() -> list[Stored]:
    rows = Seal.objects.order_by("number").annotate(written=WRITTEN)
    fields = ("number", "written", "heads", "root", "previous", "hash")
    return [
        Stored(number, read_instant(at), heads, root, previous, hashed)
        for number, at, heads, root, previous, hashed in rows.values_list(*fields)
    ]


def _sealed_by_number() -> Mapping[int, Sequence[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    rows = SealedHead.objects.values_list("number", "subject", "seq", "hash")
    for number, subject, seq, hashed in rows:
        marks[number].append(Mark(subject, seq, hashed))
    return marks


def _finding(number: int, code: str, what: str) -> Finding:
    return Finding(SEALS, number, code, what)
