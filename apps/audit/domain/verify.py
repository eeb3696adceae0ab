"""Recompute all of history and name every sign that it is not as it was written.

What is claimed (seals, sealed heads, heads) is read before what must be there (events), so that
writers need not stop: an event more than claimed is a new one, an event less was removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from apps.audit.domain.entry import Entry, Mark
from apps.audit.domain.findings import Finding, check_chain, check_marks
from apps.audit.domain.heads import SEALS
from apps.audit.domain.stored import all_entries, all_heads, all_sealed_heads
from apps.audit.domain.verify_seals import check_seals

HEAD_DIFFERS = "The end of the chain is not the one its last writer left."
RECHAINED = "The chain was written anew: a seal holds another hash for this place."


def verify() -> list[Finding]:
    """Every finding, by subject and place; an empty list means that history is whole.

    Finds a changed, removed or replaced event, a tail cut off, a head moved without an event or
    taken away, a chain rewritten after a seal, and seals changed, removed or forged. What it
    cannot find: a tail and its head taken back together before a seal saw them. So seal often,
    and keep the newest seal's hash elsewhere.
    """
    found = set(check_seals())
    claims = _claims_by_subject()
    ends: dict[str, int] = {}
    for subject, chain in groupby(all_entries(), key=lambda entry: entry.subject):
        entries = list(chain)
        ends[subject] = entries[-1].seq
        found.update(check_chain(entries))
        found.update(_check_claims(entries, claims.pop(subject, _Claims())))
    for unmet in claims.values():
        found.update(_check_claims([], unmet))
    found.update(_check_ends(ends))
    return sorted(found)


class _Claims:
    """What heads and seals say of one subject."""

    def __init__(self) -> None:
        self.heads: list[Mark] = []
        self.sealed: list[Mark] = []


def _claims_by_subject() -> dict[str, _Claims]:
    claims: dict[str, _Claims] = defaultdict(_Claims)
    for mark in all_sealed_heads():
        claims[mark.subject].sealed.append(mark)
    for mark in all_heads():
        if mark.subject != SEALS:
            claims[mark.subject].heads.append(mark)
    return claims


def _check_claims(entries: Sequence[Entry], claims: _Claims) -> Iterator[Finding]:
    yield from check_marks(entries, claims.heads, code="head_differs", what=HEAD_DIFFERS)
    yield from check_marks(entries, claims.sealed, code="rechained", what=RECHAINED)


def _check_ends(ends: Mapping[str, int]) -> Iterator[Finding]:
    """Events that no head knows of, judged by heads read after the events."""
    heads = {mark.subject: mark.seq for mark in all_heads()}
    for subject, end in ends.items():
        if subject not in heads:
            yield Finding(subject, end, "head_removed", "The chain has lost its head.")
        elif heads[subject] < end:
            yield Finding(
                subject,
                heads[subject] + 1,
                "unrecorded",
                "The event came past the door of history.",
            )
