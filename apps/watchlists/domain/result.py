"""What a search of the lists answers: hits, the versions asked, and whether all could be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """Whether every list was searched; an empty answer means something only when complete."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class Match(StrEnum):
    """How a name was found, best first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """The version of a list that was searched. `entries` of `published_entries` are held here."""

    list: str
    version: str
    digest: str
    as_of: date
    fresh: bool
    entries: int
    published_entries: int

    @property
    def whole(self) -> bool:
        """Whether all entries of the published list are held, not a selection of them."""
        return self.entries >= self.published_entries

    def as_dict(self) -> dict[str, object]:
        """The object under `lists` of every JSON answer."""
        return {
            "list": self.list,
            "version": self.version,
            "digest": self.digest,
            "as_of": self.as_of.isoformat(),
            "fresh": self.fresh,
            "entries": self.entries,
            "published_entries": self.published_entries,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """One listed party found under one asked name; `matched_name` is the spelling that matched."""

    asked: str
    list: str
    party_id: str
    party: str
    matched_name: str
    how: Match
    kind: str
    countries: tuple[str, ...]
    citation: str
    programme: str
    requirement: str
    policy: str
    all_items: bool | None

    def as_fact(self) -> dict[str, object]:
        """The hit as a fact of a case: open until an officer confirms or dismisses it."""
        fact: dict[str, object] = {"list": self.list, "party": self.party, "state": "open"}
        return fact if self.all_items is None else {**fact, "all_items": self.all_items}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer: incomplete says why, and then no hits is not "no hit"."""

    state: State
    why: str
    versions: tuple[NamedVersion, ...]
    hits: tuple[Hit, ...]

    def hits_of(self, name: str) -> tuple[Hit, ...]:
        """The hits of one asked name."""
        return tuple(hit for hit in self.hits if hit.asked == name)


def is_fresh(as_of: date, *, refresh_days: int, on: date) -> bool:
    """Whether a version is no older on a day than its publisher's promised interval."""
    return on <= as_of + timedelta(days=refresh_days)
