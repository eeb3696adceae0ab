"""The tree of a condition: branches of truth over leaves that look at the facts or at dated
tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.engine.exposures import Exposure


@dataclass(frozen=True, slots=True)
class Read:
    """One fact or row a leaf looked at."""

    fact: str
    value: object
    source: str = ""
    as_of: date | None = None

    def as_dict(self) -> dict[str, object]:
        """The read as it stands in a trace."""
        day = self.as_of.isoformat() if self.as_of else ""
        return {"fact": self.fact, "value": plain(self.value), "source": self.source, "as_of": day}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a leaf found: its truth, what it read, and the facts that would have to be known."""

    truth: int
    reads: tuple[Read, ...] = ()
    missing: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # rows of the edition it consulted
    to_confirm: tuple[str, ...] = ()  # those of them that are not verified


Look = Callable[[Exposure], Seen]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One look at the facts; equal leaves have equal keys and are looked at once."""

    op: str
    key: str
    text: str
    axes: frozenset[str]
    look: Look = field(compare=False, repr=False)
    patterns: frozenset[str] = frozenset()  # patterns of the facts it reads
    nationality: bool = False
    test: Callable[[Exposure], int] | None = field(default=None, compare=False, repr=False)

    def truth(self, exposure: Exposure) -> int:
        """What `look` would find, without what it read: the way of the evaluation itself."""
        return self.look(exposure).truth if self.test is None else self.test(exposure)


@dataclass(frozen=True, slots=True)
class Branch:
    """all, any or not over other nodes."""

    op: str
    children: tuple[Node, ...]
    text: str = ""


Node = Leaf | Branch


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Every leaf below a node, left to right."""
    if isinstance(node, Leaf):
        yield node
    else:
        for child in node.children:
            yield from leaves_of(child)


def plain(value: object) -> object:
    """A typed value as JSON can hold it."""
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, date) else str(value)
