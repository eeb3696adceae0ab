"""What is known to be true of the tables, read from `checks.yaml` beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.engine.refusal import Refusal
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document


@dataclass(frozen=True, slots=True)
class Expectations:
    """Counts, empty columns, groups that exclude each other or agree, and gaps that are known."""

    charted: Mapping[str, int] = field(default_factory=dict)  # regime -> countries of its chart
    empty_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disjoint: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    uncaptured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_expectations(document: Document, refusals: list[Refusal]) -> Expectations:
    """The expectations of a file."""
    top = Block.of(document, refusals)
    named = ("empty_columns", "uncaptured", "open_references")
    top.only(("format", "charted", "disjoint", "alike", *named))
    top.text("format", choices=("checks/1",))
    charted = top.block("charted")
    empty, uncaptured, open_references = (_lists(top.block(key)) for key in named)
    return Expectations(
        charted={regime: charted.count(regime) or 0 for regime in charted.data},
        empty_columns=empty,
        disjoint=_pairs(top, "disjoint"),
        alike=_pairs(top, "alike"),
        uncaptured=uncaptured,
        open_references=open_references,
    )


def _lists(block: Block) -> Mapping[str, tuple[str, ...]]:
    return {regime: block.texts(regime) for regime in block.data}


def _pairs(top: Block, key: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    value = top.data.get(key, [])
    for place, part in enumerate(value if isinstance(value, list) else [value]):
        match part:
            case [str(first), str(second)]:
                found.append((first, second))
            case _:
                top.wrong_type(f"{key}[{place}]", part, "a pair of groups")
    return tuple(found)
