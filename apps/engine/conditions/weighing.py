"""Weighs the reasons for control of an item against the country that counts, reason by reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from apps.engine.conditions.classification import control_of
from apps.engine.conditions.countries import (
    COUNTRY,
    NATIONALITY,
    PLACE,
    countries_at,
    of_country,
)
from apps.engine.conditions.tree import Read, Seen
from apps.engine.controls import Applied, Control, applied_reasons
from apps.engine.exposures import ABROAD, DEEMED, Exposure
from apps.engine.law import Law, is_unverified
from apps.engine.rows import ReasonRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED, conjunction
from apps.engine.worlds import worlds_of

_CHART: Final = "chart"
_MOST_KEPT: Final = 50_000  # look-ups remembered per edition and day
_ROUTES: Final = {NATIONALITY: DEEMED, PLACE: ABROAD}  # how a country beside the usual one is meant


def applied(exposure: Exposure, regime: str) -> tuple[Applied, ...]:
    """The reasons for control of the exposure's item."""
    return applied_reasons(exposure.law, control_of(exposure, regime))


def mark_of(exposure: Exposure, part: Applied, at: str = COUNTRY) -> Seen:
    """Whether a reason is marked for a country, by chart or destination rule.

    A person's own country is looked up as a release to that person, a place as an export there.
    """
    row = part.row
    if at == NATIONALITY and not exposure.is_person:
        return Seen(FALSE, (Read(at, "none"),))
    if not row.column:
        return Seen(UNKNOWN if part.truth == UNKNOWN else UNSETTLED)
    if row.column in exposure.law.tables.columns.get(row.regime, frozenset()):
        return of_country(exposure, lambda country: _told(exposure.law, row, country, _CHART), at)
    route, missing = exposure.route() if at == COUNTRY else (_ROUTES[at], ())
    if route is None:
        return Seen(UNKNOWN, (), missing)
    return of_country(exposure, lambda country: _told(exposure.law, row, country, str(route)), at)


def _told(law: Law, row: ReasonRow, country: str, table: str) -> Seen:
    """What a table says of a column and a country, looked up once per edition and day."""
    key = ("told", table, row.regime, row.column, country)
    if key not in law.memo:
        law.memo[key] = (
            _chart(law, row, country)
            if table == _CHART
            else _destination(law, row, country, deemed=table == DEEMED)
        )
    return cast("Seen", law.memo[key])


def _chart(law: Law, row: ReasonRow, country: str) -> Seen:
    answer = law.mark(row.regime, country, row.column)
    cell = law.tables.chart.get((row.regime, country, row.column))
    told = Read(
        f"chart {row.column} {country}",
        None if cell is None else cell.marked,
        cell.source.read if cell else "",
    )
    names = (f"chart:{country}:{row.column}",) if cell else ()
    unsure = names if cell and is_unverified(cell.source) else ()
    return Seen(answer, (Read("exposure.country", country), told), rows=names, to_confirm=unsure)


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reason with whether it applies and is marked; `via` is chart, destination or not known."""

    part: Applied
    truth: int
    via: str

    def fits(self, via: str) -> bool:
        """Whether it is settled the wanted way; what is not known may be settled either way."""
        return not via or self.via in ("", via)


World = tuple[Weighed, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """The reasons of an item in each world it may be in, and what was asked of them before."""

    worlds: tuple[World, ...]
    answers: dict[str, int] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)

    def answer(self, key: str, judge: Callable[[World], int]) -> int:
        """What holds in every world; where they differ a fact is missing. Judged once per key."""
        found = self.answers.get(key)
        if found is None:
            said = {judge(world) for world in self.worlds}
            found = self.answers[key] = said.pop() if len(said) == 1 else UNKNOWN
        return found


def reasons_alone(exposure: Exposure, regime: str) -> Weighing:
    """Every reason of the item with whether it applies, held against no country at all."""
    key = ("reasons alone", regime, exposure.what)
    found: Weighing | None = exposure.shared.get(key)
    if found is None:
        law = exposure.law
        worlds = worlds_of(law, control_of(exposure, regime))
        found = exposure.shared[key] = Weighing(
            tuple(
                tuple(
                    Weighed(part, part.truth, via_of(law, part))
                    for part in applied_reasons(law, world)
                )
                for world in worlds
            )
        )
    return found


def weighed(exposure: Exposure, regime: str, at: str = COUNTRY) -> Weighing:
    """Every reason of the item with whether it applies and is marked, in each world it may be in.

    Weighed once per exposure and country; there is one world unless the paragraph is in doubt.
    """
    key = (regime, at)
    found: Weighing | None = exposure.memo.get(key)
    if found is None:
        found = exposure.memo[key] = _weigh_shared(exposure, regime, at)
    return found


def _weigh_shared(exposure: Exposure, regime: str, at: str) -> Weighing:
    """The same item for the same country by the same way is weighed once per edition and day."""
    control, found = control_of(exposure, regime), countries_at(exposure, at)
    route = exposure.route()[0] if at == COUNTRY else _ROUTES[at]
    if len(found.countries) != 1 or found.any_country or found.missing or route is None:
        return _weigh_all(exposure, control, at)
    place = ("weighed", regime, exposure.what, found.countries[0], route)
    known: Weighing | None = exposure.shared.get(place)
    if known is None:
        there = found.countries[0], route
        known = exposure.shared[place] = _weigh_once(exposure, control, at, there)
    return known


def _weigh_once(exposure: Exposure, control: Control, at: str, there: tuple[str, str]) -> Weighing:
    memo, key = exposure.law.memo, ("weighed", control, *there)
    if key not in memo:
        if len(memo) > _MOST_KEPT:
            memo.clear()
        memo[key] = _weigh_all(exposure, control, at)
    return cast("Weighing", memo[key])


def _weigh_all(exposure: Exposure, control: Control, at: str) -> Weighing:
    law = exposure.law
    return Weighing(
        tuple(
            tuple(
                Weighed(part, _weigh(exposure, part, at), via_of(law, part))
                for part in applied_reasons(law, world)
            )
            for world in worlds_of(law, control)
        )
    )


def _weigh(exposure: Exposure, part: Applied, at: str) -> int:
    if part.truth == FALSE:
        return FALSE
    return conjunction((part.truth, mark_of(exposure, part, at).truth))


def both(exposure: Exposure, part: Applied, regime: str, at: str = COUNTRY) -> Seen:
    """Whether a reason applies to the item and is marked for the country."""
    if part.truth == FALSE:
        return Seen(FALSE)
    marked = mark_of(exposure, part, at)
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
        return bool(self.by_fact or self.by_law)


def demanded(exposure: Exposure, regime: str, *, via: str = "") -> Demand:
    """The letters of the reasons (NS, ...) that demand an authorisation for this exposure."""
    weighing = weighed(exposure, regime)
    if via not in weighing.demands:
        weighing.demands[via] = _demanded(weighing, via)
    return weighing.demands[via]


def _demanded(weighing: Weighing, via: str) -> Demand:
    worlds = [_demand(world, via) for world in weighing.worlds]
    sure = frozenset.intersection(*(world.sure for world in worlds))
    by_fact = frozenset().union(*(world.sure | world.by_fact for world in worlds))
    by_law = frozenset().union(*(world.by_law for world in worlds))
    return Demand(sure, by_fact - sure, by_law - sure)


def missing_for(exposure: Exposure, regime: str, *, via: str = "") -> tuple[str, ...]:
    """The facts that would tell which reasons demand an authorisation."""
    parts = (part for part in applied(exposure, regime) if is_via(exposure.law, part, via))
    return tuple(path for part in parts for path in both(exposure, part, regime).missing)


def is_via(law: Law, part: Applied, via: str) -> bool:
    """Whether a reason is settled by a look-up; one that is not known may be by any."""
    return not via or via_of(law, part) in ("", via)


def _demand(world: World, via: str) -> Demand:
    found: dict[int, set[str]] = {TRUE: set(), UNKNOWN: set(), UNSETTLED: set(), FALSE: set()}
    for one in world:
        if one.fits(via):
            found[one.truth].add(one.part.row.reason)
    return Demand(frozenset(found[TRUE]), frozenset(found[UNKNOWN]), frozenset(found[UNSETTLED]))


def via_of(law: Law, part: Applied) -> str:
    """Whether the chart or a destination rule settles a reason; empty where that is not known."""
    if not part.row.column:
        return ""
    charted = part.row.column in law.tables.columns.get(part.row.regime, frozenset())
    return _CHART if charted else "destination"
