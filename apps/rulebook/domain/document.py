"""A document that was read: its plain values, and the line on which each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | bool | Decimal | list["Value"] | dict[str, "Value"]

_KINDS: dict[type, str] = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "true or false",
    Decimal: "a number",
}
_SEPARATORS = re.compile(r"[.\[]")


@dataclass(slots=True)
class Place:
    """The line of a value and the places inside it, by key or by "[0]"."""

    line: int
    inside: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Values of one file; `line` answers where a path stands, for refusals."""

    data: Value
    file: str
    root: Place

    def line(self, path: str) -> int:
        """Line (from 1) of a path such as `facts.people.lin.citizenships[0].country`.

        A path that is not in the document answers with the nearest place above it that is:
        there a missing key would have to be written.
        """
        place, rest = self.root, path
        while rest:
            step = _first_step(place, rest)
            if step is None:
                break
            place, rest = place.inside[step], rest[len(step) :].removeprefix(".")
        return place.line


def join_path(steps: Iterable[str]) -> str:
    """Keys joined by dots, list places in brackets: `releases[0].how`."""
    return ".".join(steps).replace(".[", "[")


def kind_of(value: object) -> str:
    """The type of a value in words, for refusals."""
    return _KINDS.get(type(value), type(value).__name__)


def _first_step(place: Place, rest: str) -> str | None:
    """The longest beginning of `rest` that stands inside a place: keys may contain dots."""
    ends = [found.start() for found in _SEPARATORS.finditer(rest, 1)]
    for end in (len(rest), *reversed(ends)):
        if rest[:end] in place.inside:
            return rest[:end]
    return None
