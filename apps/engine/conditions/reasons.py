"""The leaves of conditions over reasons for control: which apply, and which are marked for the
country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from apps.engine.conditions.leaves import (
    any_of_seen,
    canonical,
    of_country,
)
from apps.engine.conditions.paths import control_of
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Read, Seen
from apps.engine.controls import Applied, applied_reasons
from apps.engine.exposures import DEEMED, Exposure
from apps.engine.law import Law, is_unverified
from apps.engine.rows import ReasonRow
from apps.engine.truth import FALSE, NEGATED, TRUE, UNKNOWN, UNSETTLED, conjunction, disjunction

_ITEM_PATTERNS: Final = frozenset(
    f"items.*.control.{name}" for name in ("item", "paragraph", "for", "excludes", "reasons")
)


def applied(exposure: Exposure, regime: str) -> tuple[Applied, ...]:
    """The reasons for control of the exposure's item."""
    return applied_reasons(exposure.law, control_of(exposure, regime))


def mark_of(exposure: Exposure, part: Applied) -> Seen:
    """Whether a reason is marked for the country that counts, by chart or destination rule."""
    row = part.row
    if not row.column:
        return Seen(UNSETTLED if part.truth == UNSETTLED else UNKNOWN)
    route, missing = exposure.route()
    if row.column in exposure.law.tables.columns.get(row.regime, frozenset()):
        return of_country(exposure, lambda country: _told(exposure.law, row, country, _chart))
    if route is None:
        return Seen(UNKNOWN, (), missing)
    reached = _deemed if route == DEEMED else _exported
    return of_country(exposure, lambda country: _told(exposure.law, row, country, reached))


def _told(
    law: Law, row: ReasonRow, country: str, tell: Callable[[Law, ReasonRow, str], Seen]
) -> Seen:
    """What a table says of a column and a country, looked up once per edition and day."""
    key = (tell, row.regime, row.column, country)
    if key not in law.memo:
        law.memo[key] = tell(law, row, country)
    return cast("Seen", law.memo[key])


def _deemed(law: Law, row: ReasonRow, country: str) -> Seen:
    return _destination(law, row, country, deemed=True)


def _exported(law: Law, row: ReasonRow, country: str) -> Seen:
    return _destination(law, row, country, deemed=False)


def _chart(law: Law, row: ReasonRow, country: str) -> Seen:
    answer = law.mark(row.regime, country, row.column)
    cell = law.tables.chart.get((row.regime, country, row.column))
    told = Read(
        f"chart {row.column} {country}",
        None if cell is None else cell.marked,
        cell.source.read if cell else "",
    )
    names = (f"chart:{country}:{row.column}",) if cell else ()
    return Seen(answer, (Read("exposure.country", country), told), rows=names)


def _destination(law: Law, row: ReasonRow, country: str, *, deemed: bool) -> Seen:
    answer = law.reached(row.regime, country, row.column, deemed=deemed)
    rule = law.tables.destinations.get((row.regime, row.column))
    told = Read(f"destinations {row.column}", answer == TRUE, rule.source.citation if rule else "")
    unsure = (f"destinations:{row.column}",) if rule and is_unverified(rule.source) else ()
    return Seen(
        answer,
        (Read("exposure.country", country), told),
        rows=(f"destinations:{row.column}",),
        to_confirm=unsure,
    )


def weighed(exposure: Exposure, regime: str) -> tuple[tuple[Applied, int], ...]:
    """Every reason of the item with whether it applies and is marked, weighed once per exposure."""
    key = f"weighed {regime}"
    if key not in exposure.memo:
        exposure.memo[key] = tuple(
            (part, _weigh(exposure, part)) for part in applied(exposure, regime)
        )
    return cast("tuple[tuple[Applied, int], ...]", exposure.memo[key])


def _weigh(exposure: Exposure, part: Applied) -> int:
    if part.truth == FALSE:
        return FALSE
    return conjunction((part.truth, mark_of(exposure, part).truth))


def _both(exposure: Exposure, part: Applied, regime: str) -> Seen:
    """Whether a reason applies to the item and is marked for the country."""
    if part.truth == FALSE:
        return Seen(FALSE)
    marked = mark_of(exposure, part)
    answer = conjunction((part.truth, marked.truth))
    path = f"items.{exposure.what}.control.{regime}.{part.missing}"
    missing = (
        *((path,) if part.truth == UNKNOWN else ()),
        *(marked.missing if marked.truth == UNKNOWN else ()),
    )
    entry = Read(
        f"items.{exposure.what}.control.{regime}",
        f"{part.row.item} {part.row.column}".strip(),
        part.row.source.read,
    )
    unsure = (
        (f"reasons:{part.row.item}:{part.row.column}",) if is_unverified(part.row.source) else ()
    )
    row = (f"reasons:{part.row.item}:{part.row.column}",) if part.row.column else ()
    return Seen(
        answer,
        (entry, *marked.reads),
        missing if answer == UNKNOWN else (),
        (*row, *marked.rows),
        (*unsure, *marked.to_confirm),
    )


@dataclass(frozen=True, slots=True)
class Demand:
    """Reasons for control that demand an authorisation: certainly, if a fact turns out so, if the
    law does.
    """

    sure: frozenset[str] = frozenset()
    by_fact: frozenset[str] = frozenset()
    by_law: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether any reason is not certain."""
        return bool(self.by_fact - self.sure or self.by_law - self.sure)


def demanded(exposure: Exposure, regime: str, *, via: str = "") -> Demand:
    """The letters of the reasons (NS, ...) that demand an authorisation for this exposure."""
    found: dict[int, set[str]] = {TRUE: set(), UNKNOWN: set(), UNSETTLED: set(), FALSE: set()}
    for part, answer in weighed(exposure, regime):
        if _is_via(exposure, part, via):
            found[answer].add(part.row.reason)
    return Demand(frozenset(found[TRUE]), frozenset(found[UNKNOWN]), frozenset(found[UNSETTLED]))


def _is_via(exposure: Exposure, part: Applied, via: str) -> bool:
    if not via or not part.row.column:
        return True
    charted = part.row.column in exposure.law.tables.columns.get(part.row.regime, frozenset())
    return charted == (via == "chart")


def compile_marked(raw: object, where: str, bench: Bench) -> Leaf | None:
    """`marked: {of: exposure.item, at: exposure.country, via: chart or destination}`: some reason
    demands a licence.
    """
    if not _item_operands("marked", raw, where, bench, may=("via",)) or not isinstance(
        raw, Mapping
    ):
        return None
    via, regime = str(raw.get("via", "")), bench.regime
    if via not in ("", "chart", "destination"):
        bench.no(
            "wrong_value",
            "This value can never stand there.",
            f"{where}.via",
            found=via,
            valid="chart, destination",
        )
        return None

    def look(exposure: Exposure) -> Seen:
        seen = any_of_seen(
            [
                _both(exposure, part, regime)
                for part in applied(exposure, regime)
                if _is_via(exposure, part, via)
            ]
        )
        told = seen.reads or (
            Read(f"items.{exposure.what}.control.{regime}", control_of(exposure, regime).item),
        )
        return Seen(seen.truth, told, seen.missing, seen.rows, seen.to_confirm)

    def test(exposure: Exposure) -> int:
        return disjunction(
            answer for part, answer in weighed(exposure, regime) if _is_via(exposure, part, via)
        )

    text = {
        "": "a reason for control is marked for the country",
        "chart": "the country chart marks a reason for control",
        "destination": "a destination rule reaches the country",
    }[via]
    return Leaf(
        "marked",
        canonical("marked", [regime, raw]),
        text,
        frozenset({"what", "who", "release"}),
        look,
        _ITEM_PATTERNS,
        nationality=True,
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
    word, wanted, regime, at = words[0], frozenset(map(str, letters)), bench.regime, "at" in raw

    def concerns(part: Applied) -> bool:
        return not part.row.column or (part.row.reason in wanted) == (word != "only")

    def test(exposure: Exposure) -> int:
        if at:
            found = disjunction(
                answer for part, answer in weighed(exposure, regime) if concerns(part)
            )
        else:
            found = disjunction(part.truth for part in applied(exposure, regime) if concerns(part))
        return found if word == "includes" else NEGATED[found]

    def look(exposure: Exposure) -> Seen:
        parts = applied(exposure, regime)
        see = _both if at else _alone
        seen = any_of_seen([see(exposure, part, regime) for part in parts if concerns(part)])
        answer = seen.truth if word == "includes" else NEGATED[seen.truth]
        told = seen.reads or (Read(f"items.{exposure.what}.control.{regime}", _names(parts)),)
        return Seen(answer, told, seen.missing, seen.rows, seen.to_confirm)

    axes = frozenset({"what", "who", "release"}) if at else frozenset({"what"})
    listed = ", ".join(sorted(wanted))
    there = " for this country" if at else ""
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
        _ITEM_PATTERNS,
        nationality=at,
        test=test,
    )


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
    if raw["of"] != "exposure.item" or raw.get("at", "exposure.country") != "exposure.country":
        bench.no(
            "wrong_value",
            f"{op} looks at exposure.item at exposure.country.",
            where,
            found=dict(raw),
            valid="of: exposure.item, at: exposure.country",
        )
        return False
    return True
