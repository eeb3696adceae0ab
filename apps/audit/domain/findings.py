"""What is wrong with one chain, told from plain data: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apps.audit.domain.entry import Entry, Mark


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One sign that history is not as it was written: where, a stable code, and what was seen."""

    subject: str
    seq: int
    code: str
    what: str

    def as_dict(self) -> dict[str, object]:
        """The finding in the JSON answer of `audit_verify`."""
        return {"subject": self.subject, "seq": self.seq, "code": self.code, "what": self.what}


def check_chain(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Rows changed, removed or put in from elsewhere, in the entries of one subject by place."""
    place, previous = 1, ""
    for entry in entries:
        for gap in range(place, entry.seq):
            yield Finding(entry.subject, gap, "removed_row", "No event stands here.")
        if entry.seq == place and entry.previous != previous:
            yield Finding(
                entry.subject,
                entry.seq,
                "broken_link",
                "The event does not follow the one before it: one of the two was replaced.",
            )
        if entry.hash != entry.digest():
            yield Finding(
                entry.subject, entry.seq, "changed_row", "The event is not what was recorded."
            )
        place, previous = entry.seq + 1, entry.hash


def check_marks(
    entries: Sequence[Entry], marks: Iterable[Mark], *, code: str, what: str
) -> Iterator[Finding]:
    """Claims about a chain that it no longer meets: `cut_off` beyond its end, else `code`."""
    hashes = {entry.seq: entry.hash for entry in entries}
    end = max(hashes, default=0)
    for mark in marks:
        if mark.seq > end:
            yield Finding(
                mark.subject, mark.seq, "cut_off", f"The chain ends at {end}: its tail is missing."
            )
        elif hashes.get(mark.seq, mark.hash) != mark.hash:
            yield Finding(mark.subject, mark.seq, code, what)
