"""The dated look-ups of the law: an edition's rows in force on one day, indexed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from apps.engine.facts.types import Vocabulary
from apps.engine.rows import (
    ChartRow,
    CountryRow,
    DestinationRow,
    GroupRow,
    ItemRow,
    ReasonRow,
    RegimeRow,
    Rows,
    Source,
    ThresholdRow,
)
from apps.engine.truth import FALSE, NEGATED, TRUE, UNSETTLED, conjunction, disjunction

NOT_ENTRIES = frozenset({"listed", "not_listed", "not_subject"})
UNVERIFIED = frozenset({"unverified", "memory", "needs reading"})


_Row = TypeVar(
    "_Row",
    CountryRow,
    GroupRow,
    ChartRow,
    ItemRow,
    ReasonRow,
    DestinationRow,
    ThresholdRow,
    RegimeRow,
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows in force on a day, indexed for look-up."""

    countries: Mapping[str, CountryRow]
    groups: Mapping[tuple[str, str], GroupRow]
    chart: Mapping[tuple[str, str, str], ChartRow]
    items: Mapping[tuple[str, str], ItemRow]
    reasons: Mapping[tuple[str, str], tuple[ReasonRow, ...]]
    destinations: Mapping[tuple[str, str], DestinationRow]
    thresholds: Mapping[str, ThresholdRow]
    regimes: Mapping[str, RegimeRow]
    columns: Mapping[str, frozenset[str]]  # regime -> columns of its chart
    group_names: frozenset[str]


# Whether a regime demands a licence of an exposure, "yes", "no" or empty with what is missing.
Demanded = Callable[[object, str], tuple[str, tuple[str, ...]]]


@dataclass(eq=False)
class Law:
    """The tables of an edition on one day, and what is remembered of looking at them."""

    on: date
    tables: Tables
    memo: dict[object, object] = field(default_factory=dict, repr=False)
    demanded: Demanded | None = field(default=None, repr=False)

    def member(self, country: str, group: str) -> int:
        """Whether a country is in a group; undetermined where the table does not say."""
        row = self.tables.groups.get((country, group))
        if row is None or row.member is None:
            return UNSETTLED
        return TRUE if row.member else FALSE

    def mark(self, regime: str, country: str, column: str) -> int:
        """Whether the chart marks a country in a column; no entry is undetermined, never
        permission.
        """
        row = self.tables.chart.get((regime, country, column))
        if row is None or row.marked is None:
            return UNSETTLED
        return TRUE if row.marked else FALSE

    def reached(self, regime: str, country: str, name: str, *, deemed: bool) -> int:
        """Whether a destination rule in prose reaches a country, by release inside or by export."""
        row = self.tables.destinations.get((regime, name))
        if row is None:
            return UNSETTLED
        if deemed and row.deemed == "no":
            return FALSE
        inside = disjunction(self._names(country, part) for part in row.includes)
        outside = disjunction(self._names(country, part) for part in row.excludes)
        answer = conjunction((inside, NEGATED[outside]))
        if answer != FALSE and (not row.readable or (deemed and row.deemed == "unknown")):
            return UNSETTLED
        return answer

    def _names(self, country: str, part: str) -> int:
        """Whether a part of a destination rule names a country, or the one it stands like."""
        if part == "*":
            return TRUE
        if ":" in part:
            return self.member(country, part)
        row = self.tables.countries.get(country)
        return TRUE if part in (country, row.follows if row else "") else FALSE


def is_unverified(source: Source) -> bool:
    """Whether a row may only decide with a mark that it is to be confirmed."""
    return source.confidence in UNVERIFIED


def vocabulary_of(rows: Rows) -> Vocabulary:
    """Every country and every entry that rows of any date name, cited entries included."""
    items: dict[str, set[str]] = defaultdict(set)
    for item in rows.items:
        items[item.regime].add(item.item)
    for reason in rows.reasons:
        cited = (*reason.refs, *reason.excludes, *reason.see)
        items[reason.regime].update(ref.split(".")[0] for ref in cited)
    for codes in items.values():
        codes.update(NOT_ENTRIES)
    return Vocabulary(
        countries=frozenset(row.code for row in rows.countries),
        items={regime: frozenset(codes) for regime, codes in items.items()},
    )


def index_rows(rows: Rows, on: date) -> Tables:
    """The rows in force on a day, ready for look-up."""
    reasons: dict[tuple[str, str], list[ReasonRow]] = defaultdict(list)
    for row in _held(rows.reasons, on):
        reasons[row.regime, row.item].append(row)
    columns: dict[str, set[str]] = defaultdict(set)
    for cell in rows.chart:
        columns[cell.regime].add(cell.column)
    return Tables(
        countries={row.code: row for row in _held(rows.countries, on)},
        groups={(row.country, row.group): row for row in _held(rows.groups, on)},
        chart={(row.regime, row.country, row.column): row for row in _held(rows.chart, on)},
        items={(row.regime, row.item): row for row in _held(rows.items, on)},
        reasons={key: tuple(found) for key, found in reasons.items()},
        destinations={(row.regime, row.name): row for row in _held(rows.destinations, on)},
        thresholds={row.name: row for row in _held(rows.thresholds, on)},
        regimes={row.regime: row for row in _held(rows.regimes, on)},
        columns={regime: frozenset(names) for regime, names in columns.items()},
        group_names=frozenset(row.group for row in rows.groups),
    )


def _held(rows: Iterable[_Row], on: date) -> Iterable[_Row]:
    return (row for row in rows if row.period.holds(on))
