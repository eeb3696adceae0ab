"""The frozen tree of facts of one case: what is known, from where and as of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from apps.engine.facts.types import UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Fact:
    """A known value with where it came from; an unknown one is not in the tree."""

    value: object
    source: str = ""
    as_of: date | None = None


Fields = Mapping[str, Fact]
UNKNOWN_FACT = Fact(UNKNOWN_VALUE)


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a case, by block and id. `papers` None: nothing is known about papers."""

    people: Mapping[str, Fields] = field(default_factory=dict)
    organisations: Mapping[str, Fields] = field(default_factory=dict)
    items: Mapping[str, Fields] = field(default_factory=dict)
    activity: Fields = field(default_factory=dict)
    releases: tuple[Fields, ...] = ()
    papers: tuple[Fields, ...] | None = None
    complete: bool = False

    def block(self, name: str) -> Mapping[str, Fields]:
        """People, organisations or items by id."""
        if name == "people":
            return self.people
        return self.organisations if name == "organisations" else self.items
