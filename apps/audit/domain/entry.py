"""An event as plain data: what pages, sentences and verification work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.audit.domain.canon import Json, digest, instant


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of one subject; `previous` is empty for the first."""

    subject: str
    seq: int
    verb: str
    by: str
    at: datetime
    payload: Mapping[str, Json]
    previous: str
    hash: str = ""

    def digest(self) -> str:
        """The hash this entry must carry: over all it says and the hash before it."""
        return digest(
            {
                "subject": self.subject,
                "seq": self.seq,
                "verb": self.verb,
                "by": self.by,
                "at": instant(self.at),
                "payload": dict(self.payload),
                "previous": self.previous,
            }
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that a chain holds a hash at a place: a head, or a head that was sealed."""

    subject: str
    seq: int
    hash: str


def root_of(marks: Iterable[Mark]) -> str:
    """One hash over many heads, one of each subject, in whatever order they were read."""
    ordered = sorted(marks, key=lambda mark: mark.subject)
    return digest([[mark.subject, mark.seq, mark.hash] for mark in ordered])
