"""Reads golden cases (`golden/1`, formats, section 3): facts, and the answer they must get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.engine.facts.read import read_facts
from apps.engine.facts.tree import Facts
from apps.engine.facts.types import Vocabulary
from apps.engine.outcomes import NEEDS_INFORMATION, UNDETERMINED, is_outcome
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document

_EXPECTED = (
    "release", "who", "what", "regime", "conditions", "asks", "questions", "cites", "fires",
    "silent",
)  # fmt: skip
_TIERS = ("T0", "T1", "T2", "T3", "T4")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What cells must answer; an empty selector means every one, None that it is not looked at."""

    release: str
    who: str
    what: str
    regime: str
    outcomes: tuple[str, ...]
    conditions: frozenset[str] | None
    asks: tuple[tuple[str, ...], ...]
    questions: int | None
    cites: tuple[str, ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """What the whole case must answer."""

    outcomes: tuple[str, ...] = ()
    open: int | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One case of a file."""

    id: str
    name: str
    file: str
    on: date
    regimes: tuple[str, ...]
    facts: Facts
    expect: tuple[Expectation, ...]
    overall: Overall


@dataclass(frozen=True, slots=True)
class UnreadCase:
    """A case, or a whole file, that cannot be read: it counts as failed."""

    id: str
    name: str
    file: str
    refusals: tuple[Refusal, ...]
    regimes: tuple[str, ...] = ()


def read_cases(document: Document, vocabulary: Vocabulary) -> Iterator[GoldenCase | UnreadCase]:
    """The cases of a file, each read alone: a fault in one leaves the others."""
    refusals: list[Refusal] = []
    top = Block.of(document, refusals)
    top.only(("format", "cases"))
    top.text("format", choices=("golden/1",))
    blocks = list(top.blocks("cases"))
    if refusals:
        yield UnreadCase("", "", document.file, tuple(refusals))
    for block in blocks:
        yield _case(Block(document, block.path, block.data, []), vocabulary)


def _case(block: Block, vocabulary: Vocabulary) -> GoldenCase | UnreadCase:
    block.only(("id", "on", "facts"), ("name", "regimes", "source", "expect", "overall"))
    name, title, on = block.text("id"), block.text("name"), block.day("on")
    regimes = block.texts("regimes")
    block.block("source").only((), ("kind", "ref", "read", "confidence", "note"))
    expect = tuple(_expectation(part) for part in block.blocks("expect"))
    overall = _overall(block.block("overall"))
    facts = _facts(block, vocabulary)
    file = block.document.file
    if block.refusals or facts is None or on is None:
        return UnreadCase(name, title, file, tuple(block.refusals), regimes)
    return GoldenCase(name, title, file, on, regimes, facts, expect, overall)


def _facts(block: Block, vocabulary: Vocabulary) -> Facts | None:
    try:
        return read_facts(
            block.block("facts").data,
            vocabulary=vocabulary,
            line_of=block.document.line,
            file=block.document.file,
            root=block.where("facts"),
        )
    except Refusals as refused:
        block.refusals.extend(refused.items)
        return None


def _expectation(block: Block) -> Expectation:
    block.only(("outcome",), _EXPECTED)
    conditions = block.texts("conditions")
    return Expectation(
        release=block.text("release"),
        who=block.text("who"),
        what=block.text("what"),
        regime=block.text("regime"),
        outcomes=_outcomes(block),
        conditions=frozenset(conditions) if "conditions" in block.data else None,
        asks=_asks(block),
        questions=block.count("questions"),
        cites=block.texts("cites"),
        fires=block.texts("fires"),
        silent=block.texts("silent"),
    )


def _overall(block: Block) -> Overall:
    block.only((), ("outcome", "open", "tier"))
    tier = block.text("tier", choices=_TIERS)
    return Overall(_outcomes(block) if "outcome" in block.data else (), block.count("open"), tier)


def _outcomes(block: Block) -> tuple[str, ...]:
    words = block.texts("outcome", alone=True)
    for word in words:
        if word not in (NEEDS_INFORMATION, UNDETERMINED) and not is_outcome(word):
            what = f"{word} is not an outcome."
            block.refuse("unknown_value", what, key="outcome", found=word, valid="an outcome")
    return words


def _asks(block: Block) -> tuple[tuple[str, ...], ...]:
    """The facts to be asked; one that is a list may be any of its facts."""
    value = block.data.get("asks", [])
    if not isinstance(value, list):
        block.wrong_type("asks", value, "a list of facts")
        return ()
    found: list[tuple[str, ...]] = []
    for place, part in enumerate(value):
        options = part if isinstance(part, list) else [part]
        if not all(isinstance(option, str) for option in options):
            block.wrong_type(f"asks[{place}]", part, "a fact, or a list of facts")
        found.append(tuple(str(option) for option in options))
    return tuple(found)
