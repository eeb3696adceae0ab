"""The leaves of conditions over reasons for control: which apply, and which are marked for the
country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
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
from apps.engine.conditions.weighing import agreed, applied, both, via_of, weighed
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

    def test(exposure: Exposure) -> int:
        return agreed(
            disjunction(one.truth for one in world if one.fits(via))
            for world in weighed(exposure, regime, at)
        )

    def look(exposure: Exposure) -> Seen:
        parts = [
            part
            for part in applied(exposure, regime)
            if not via or via_of(exposure.law, part) in ("", via)
        ]
        seen = any_of_seen([both(exposure, part, regime, at) for part in parts])
        told = seen.reads or (
            Read(f"items.{exposure.what}.control.{regime}", control_of(exposure, regime).item),
        )
        return _settled(replace(seen, reads=told), test(exposure))

    text = {
        "": f"a reason for control is marked for {_SPOKEN[at]}",
        "chart": "the country chart marks a reason for control"
        + ("" if at == COUNTRY else f" for {_SPOKEN[at]}"),
        "destination": f"a destination rule reaches {_SPOKEN[at]}",
    }[via]
    return Leaf(
        "marked",
        canonical("marked", [regime, raw]),
        text,
        frozenset({"what", "who", "release"}),
        look,
        ENTRY_PATTERNS | PATTERNS_AT[at],
        nationality=at != PLACE,
        test=test,
    )


def compile_reasons(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`reasons: {of, at, only|includes|none: [LETTERS]}`: about the reasons that apply (and, with
    `at`, are marked).
    """
    if not _item_operands(
        "reasons", raw, where, bench, may=("only", "includes", "none"), at_needed=False
    ):
        return None
    if not isinstance(raw, Mapping):
        return None
    words = [word for word in ("only", "includes", "none") if word in raw]
    letters = raw[words[0]] if len(words) == 1 else None
    if not isinstance(letters, list) or not all(isinstance(letter, str) for letter in letters):
        bench.no(
            "wrong_type",
            "reasons takes one of only, includes, none with a list.",
            where,
            valid="only: [NS]",
        )
        return None
    word, wanted, regime, at = words[0], frozenset(map(str, letters)), bench.regime, raw.get("at")
    place = str(at or COUNTRY)

    def concerns(part: Applied) -> bool:
        return not part.row.column or (part.row.reason in wanted) == (word != "only")

    def test(exposure: Exposure) -> int:
        found = agreed(
            disjunction(one.truth if at else one.part.truth for one in world if concerns(one.part))
            for world in weighed(exposure, regime, place)
        )
        return found if word == "includes" else NEGATED[found]

    def see(exposure: Exposure, part: Applied) -> Seen:
        if at is None:
            return _alone(exposure, part, regime)
        return both(exposure, part, regime, place)

    def look(exposure: Exposure) -> Seen:
        parts = applied(exposure, regime)
        seen = any_of_seen([see(exposure, part) for part in parts if concerns(part)])
        told = seen.reads or (Read(f"items.{exposure.what}.control.{regime}", _names(parts)),)
        return _settled(replace(seen, reads=told), test(exposure))

    axes = frozenset({"what", "who", "release"}) if at else frozenset({"what"})
    listed = ", ".join(sorted(wanted))
    there = f" for {_HERE[place]}" if at else ""
    text = {
        "only": f"no other reason for control than {listed} applies{there}",
        "includes": f"a reason for control among {listed} applies{there}",
        "none": f"none of {listed} is a reason for control{there}",
    }[word]
    return Leaf(
        "reasons",
        canonical("reasons", [regime, raw]),
        text,
        axes,
        look,
        ENTRY_PATTERNS | PATTERNS_AT[place] if at else ENTRY_PATTERNS,
        nationality=at in (COUNTRY, NATIONALITY),
        test=test,
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
