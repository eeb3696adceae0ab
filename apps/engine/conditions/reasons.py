"""The leaves of conditions over reasons for control: which apply, and which are marked for the
country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from apps.engine.conditions.classification import control_of
from apps.engine.conditions.countries import COUNTRY, NATIONALITY, PLACE, PLACES
from apps.engine.conditions.leaves import (
    any_of_seen,
    canonical,
)
from apps.engine.conditions.paths import (
    COUNTRY_PATTERNS,
    ENTRY_PATTERNS,
    NATIONALITY_PATTERNS,
)
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.conditions.weighing import World, applied, both, is_via, reasons_alone, weighed
from apps.engine.controls import Applied
from apps.engine.exposures import Exposure
from apps.engine.truth import NEGATED, TRUE, UNKNOWN, disjunction

PATTERNS_AT: Final = {
    COUNTRY: COUNTRY_PATTERNS,
    NATIONALITY: NATIONALITY_PATTERNS,
    PLACE: frozenset({"releases.*.where"}),
}
_SPOKEN: Final = {
    COUNTRY: "the country",
    NATIONALITY: "the recipient's own country",
    PLACE: "the place of receipt",
}
_HERE: Final = {**_SPOKEN, COUNTRY: "this country"}


def compile_marked(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`marked: {of: exposure.item, at: exposure.country, via: chart or destination}`: some reason
    demands a licence.
    """
    if not _item_operands("marked", raw, where, bench, may=("via",)) or not isinstance(
        raw, Mapping
    ):
        return None
    via, at, regime = str(raw.get("via", "")), str(raw["at"]), bench.regime
    if via not in ("", "chart", "destination"):
        bench.no(
            "wrong_value",
            "This value can never stand there.",
            f"{where}.via",
            found=via,
            valid="chart, destination",
        )
        return None

    key = canonical("marked", [regime, raw])

    def judge(world: World) -> int:
        return disjunction(one.truth for one in world if one.fits(via))

    def test(exposure: Exposure) -> int:
        return weighed(exposure, regime, at).answer(key, judge)

    def look(exposure: Exposure) -> Seen:
        parts = [part for part in applied(exposure, regime) if is_via(exposure.law, part, via)]
        seen = any_of_seen([both(exposure, part, regime, at) for part in parts])
        told = seen.reads or (
            Read(f"items.{exposure.what}.control.{regime}", control_of(exposure, regime).item),
        )
        return _settled(replace(seen, reads=told), test(exposure))

    return Leaf(
        "marked",
        key,
        _marked_sentence(via, at),
        frozenset({"what", "who", "release"}),
        look,
        ENTRY_PATTERNS | PATTERNS_AT[at],
        nationality=at != PLACE,
        test=test,
    )


def _marked_sentence(via: str, at: str) -> str:
    beside = "" if at == COUNTRY else f" for {_SPOKEN[at]}"
    return {
        "": f"a reason for control is marked for {_SPOKEN[at]}",
        "chart": f"the country chart marks a reason for control{beside}",
        "destination": f"a destination rule reaches {_SPOKEN[at]}",
    }[via]


@dataclass(frozen=True)
class _Asked:
    """What a `reasons` leaf asks: only, includes or none of some letters, at a country or not."""

    word: str
    letters: frozenset[str]
    regime: str
    at: str | None

    @property
    def place(self) -> str:
        """The country it is held against, where it is held against one."""
        return self.at or COUNTRY

    def concerns(self, part: Applied) -> bool:
        """Whether a reason bears on the answer; one that is not known always does."""
        return not part.row.column or (part.row.reason in self.letters) == (self.word != "only")

    def test(self, exposure: Exposure) -> int:
        """The truth in every world the item may be in."""
        weighing = (
            weighed(exposure, self.regime, self.at)
            if self.at
            else reasons_alone(exposure, self.regime)  # no country is looked at where none counts
        )
        found = weighing.answer(self.text, self._judge)
        return found if self.word == "includes" else NEGATED[found]

    def _judge(self, world: World) -> int:
        return disjunction(one.truth for one in world if self.concerns(one.part))

    def look(self, exposure: Exposure) -> Seen:
        """The same with what was read."""
        parts = applied(exposure, self.regime)
        seen = any_of_seen([self._see(exposure, part) for part in parts if self.concerns(part)])
        told = seen.reads or (Read(f"items.{exposure.what}.control.{self.regime}", _names(parts)),)
        return _settled(replace(seen, reads=told), self.test(exposure))

    def _see(self, exposure: Exposure, part: Applied) -> Seen:
        if self.at is None:
            return _alone(exposure, part, self.regime)
        return both(exposure, part, self.regime, self.place)

    @cached_property
    def text(self) -> str:
        """The sentence of the leaf."""
        listed = ", ".join(sorted(self.letters))
        there = f" for {_HERE[self.place]}" if self.at else ""
        return {
            "only": f"no other reason for control than {listed} applies{there}",
            "includes": f"a reason for control among {listed} applies{there}",
            "none": f"none of {listed} is a reason for control{there}",
        }[self.word]


def compile_reasons(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`reasons: {of, at, only|includes|none: [LETTERS]}`: about the reasons that apply (and, with
    `at`, are marked).
    """
    may = ("only", "includes", "none")
    taken = _item_operands("reasons", raw, where, bench, may=may, at_needed=False)
    if not taken or not isinstance(raw, Mapping):
        return None
    words = [word for word in may if word in raw]
    letters = raw[words[0]] if len(words) == 1 else None
    if not isinstance(letters, list) or not all(isinstance(letter, str) for letter in letters):
        bench.no(
            "wrong_type",
            "reasons takes one of only, includes, none with a list.",
            where,
            valid="only: [NS]",
        )
        return None
    at = None if raw.get("at") is None else str(raw["at"])
    asked = _Asked(words[0], frozenset(map(str, letters)), bench.regime, at)
    return Leaf(
        "reasons",
        canonical("reasons", [bench.regime, raw]),
        asked.text,
        frozenset({"what", "who", "release"}) if at else frozenset({"what"}),
        asked.look,
        ENTRY_PATTERNS | PATTERNS_AT[asked.place] if at else ENTRY_PATTERNS,
        nationality=at in (COUNTRY, NATIONALITY),
        test=asked.test,
    )


def _settled(seen: Seen, truth: int) -> Seen:
    """What was seen, with what holds in every world where single rows could not tell."""
    return replace(seen, truth=truth, missing=seen.missing if truth == UNKNOWN else ())


def _alone(exposure: Exposure, part: Applied, regime: str) -> Seen:
    path = f"items.{exposure.what}.control.{regime}.{part.missing}"
    read = Read(
        f"items.{exposure.what}.control.{regime}",
        f"{part.row.item} {part.row.column}".strip(),
        part.row.source.read,
    )
    row = (f"reasons:{part.row.item}:{part.row.column}",) if part.row.column else ()
    return Seen(part.truth, (read,), (path,) if part.truth == UNKNOWN else (), row)


def _names(parts: Iterable[Applied]) -> str:
    return (
        ", ".join(sorted({part.row.column for part in parts if part.truth == TRUE}))
        or "no reason for control"
    )


def _item_operands(
    op: str, raw: object, where: str, bench: Bench, *, may: tuple[str, ...], at_needed: bool = True
) -> bool:
    if not isinstance(raw, Mapping):
        bench.no(
            "wrong_type",
            f"{op} takes an item and a country.",
            where,
            found=raw,
            valid="of: exposure.item",
        )
        return False
    if not bench.keys(
        raw,
        where,
        needed=("of", "at") if at_needed else ("of",),
        may=may if at_needed else ("at", *may),
    ):
        return False
    if raw["of"] != "exposure.item" or raw.get("at", COUNTRY) not in PLACES:
        bench.no(
            "wrong_value",
            f"{op} looks at exposure.item at a country.",
            where,
            found=dict(raw),
            valid=f"of: exposure.item, at: {', '.join(PLACES)}",
        )
        return False
    return True
