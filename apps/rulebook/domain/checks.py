"""Import checks: what must hold across the rows of a rulebook before it may decide anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from apps.engine.refusal import Refusal
from apps.engine.rows import GroupRow, Period, Rows
from apps.rulebook.domain.expectations import Expectations


class Severity(StrEnum):
    """An error keeps a rulebook from being loaded; a warning is told and stays."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: the check, the row it concerns, and what is wrong."""

    check: str
    severity: Severity
    row: str
    what: str

    def as_refusal(self) -> Refusal:
        """The finding as input refused."""
        return Refusal(code=self.check, what=self.what, where=self.row, remedy="Correct the table.")


def check_rows(rows: Rows, expected: Expectations) -> tuple[Finding, ...]:
    """Everything that does not hold, in order of check. Source: regulation notes, section 11.6."""
    return tuple(finding for check in CHECKS for finding in check(rows, expected))


def errors(findings: Iterable[Finding]) -> list[Refusal]:
    """The findings that keep the rows from being used, as refusals."""
    return [item.as_refusal() for item in findings if item.severity is Severity.ERROR]


def _error(check: str, row: str, what: str) -> Finding:
    return Finding(check, Severity.ERROR, row, what)


def _warning(check: str, row: str, what: str) -> Finding:
    return Finding(check, Severity.WARNING, row, what)


# -- one row at a time for each thing ---------------------------------------------------------


def one_row_a_day(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """Two rows that answer the same question are never in force on the same day."""
    keyed: dict[str, list[Period]] = defaultdict(list)
    for country in rows.countries:
        keyed[f"country {country.code}"].append(country.period)
    for group in rows.groups:
        keyed[f"group {group.group} {group.country}"].append(group.period)
    for cell in rows.chart:
        keyed[f"chart {cell.regime} {cell.country} {cell.column}"].append(cell.period)
    for item in rows.items:
        keyed[f"item {item.regime} {item.item}"].append(item.period)
    for place in rows.destinations:
        keyed[f"destination {place.regime} {place.name}"].append(place.period)
    for threshold in rows.thresholds:
        keyed[f"threshold {threshold.name}"].append(threshold.period)
    for key, periods in keyed.items():
        if any(_meet(one, other) for one, other in combinations(periods, 2)):
            yield _error("two_rows_a_day", key, "Two rows are in force on the same day.")


def _meet(one: Period, other: Period) -> bool:
    starts = one.before is None or other.since is None or other.since < one.before
    ends = other.before is None or one.since is None or one.since < other.before
    return starts and ends


# -- countries, groups and charts -------------------------------------------------------------


def countries_exist(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """Every country a table names has a row of its own."""
    known = {country.code for country in rows.countries}
    named = {country.follows for country in rows.countries} - {""}
    named |= {group.country for group in rows.groups} | {cell.country for cell in rows.chart}
    for code in sorted(named - known):
        yield _error("unknown_country", code, f"{code} is in a table but not among the countries.")


def chart_is_whole(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """Every country of a chart has a cell in every column, and none is missing from the chart."""
    columns: dict[str, set[str]] = defaultdict(set)
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cell in rows.chart:
        columns[cell.regime].add(cell.column)
        cells[cell.regime, cell.country].add(cell.column)
    for (regime, country), found in cells.items():
        for column in sorted(columns[regime] - found):
            what = f"{country} has no cell in {column}."
            yield _error("chart_cell_missing", f"{regime} {country}", what)
    for regime, count in expected.charted.items():
        charted = sum(1 for found, _ in cells if found == regime)
        if charted != count:
            what = f"The chart has {charted} countries, not {count}."
            yield _error("chart_country_count", regime, what)


def columns_are_empty(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """Columns that mark no destination stay empty: a mark there is a shifted import."""
    for cell in rows.chart:
        if cell.marked and cell.column in expected.empty_columns.get(cell.regime, ()):
            what = f"{cell.column} is marked, but no destination is marked there."
            yield _error("mark_in_empty_column", f"{cell.regime} {cell.country}", what)


def pointers_say_nothing(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """Where the chart points to other law, its own cells say neither yes nor no."""
    for cell in rows.chart:
        if cell.pointer and cell.marked is not None:
            what = f"{cell.column} is filled, although the chart points to {cell.pointer}."
            yield _error("pointer_with_mark", f"{cell.regime} {cell.country}", what)


def groups_exclude_each_other(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """No country is in two groups that exclude each other."""
    members = _members(rows.groups)
    for first, second in expected.disjoint:
        for country in sorted({*members[first]} & {*members[second]}):
            pairs = (
                (one, two) for one in members[first][country] for two in members[second][country]
            )
            if any(_meet(one, two) for one, two in pairs):
                what = f"{country} is in {first} and in {second}."
                yield _error("groups_overlap", country, what)


def groups_agree(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """Groups that law equates are compared as they stand at last; a difference is told."""
    last = {
        (row.group, row.country): row.member for row in rows.groups if row.period.before is None
    }
    for first, second in expected.alike:
        named = sorted({country for group, country in last if group in (first, second)})
        for country in named:
            one, other = last.get((first, country)), last.get((second, country))
            if one != other and (first, country) in last:
                what = f"{country}: {first} says {_said(one)}, {second} says {_said(other)}."
                yield _warning("groups_differ", country, what)


def _members(groups: Iterable[GroupRow]) -> Mapping[str, Mapping[str, list[Period]]]:
    members: dict[str, dict[str, list[Period]]] = defaultdict(lambda: defaultdict(list))
    for row in groups:
        if row.member:
            members[row.group][row.country].append(row.period)
    return members


def _said(member: bool | None) -> str:
    return {True: "yes", False: "no", None: "nothing"}[member]


# -- control lists ----------------------------------------------------------------------------


def columns_exist(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """Every reason points to a column of the chart or to a destination; groups in prose exist."""
    known = {(cell.regime, cell.column) for cell in rows.chart}
    known |= {(place.regime, place.name) for place in rows.destinations}
    for reason in rows.reasons:
        if (reason.regime, reason.column) not in known:
            what = f"{reason.reason} points to {reason.column}, which no table has."
            yield _error("unknown_column", f"{reason.regime} {reason.item}", what)
    groups = {row.group for row in rows.groups}
    for place in rows.destinations:
        for name in (*place.includes, *place.excludes):
            if ":" in name and name not in groups:
                what = f"The destination names {name}, which no table has."
                yield _error("unknown_group", f"{place.regime} {place.name}", what)


def references_exist(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """Every entry that another one cites is on the list; gaps that are known are told."""
    known = {(item.regime, item.item) for item in rows.items}
    cited: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reason in rows.reasons:
        for ref in (*reason.refs, *reason.excludes, *reason.see, reason.item):
            cited[reason.regime, ref.split(".")[0]].add(reason.item)
    for item in rows.items:
        for ref in item.tsr_excludes:
            cited[item.regime, ref.split(".")[0]].add(item.item)
    for (regime, entry), by in sorted(cited.items()):
        if (regime, entry) in known:
            continue
        what = f"{entry} is cited by {', '.join(sorted(by))} but is not on the list."
        finding = _warning if entry in expected.open_references.get(regime, ()) else _error
        yield finding("unknown_entry", f"{regime} {entry}", what)


def reasons_are_captured(rows: Rows, expected: Expectations) -> Iterator[Finding]:
    """An entry has reason rows exactly if it says that they were captured."""
    having = {(reason.regime, reason.item) for reason in rows.reasons}
    for item in rows.items:
        has = (item.regime, item.item) in having
        known = item.item in expected.uncaptured.get(item.regime, ())
        if item.captured != has and not (known and item.captured):
            what = "It has no reason rows." if item.captured else "It has reason rows after all."
            yield _error("captured_wrongly", f"{item.regime} {item.item}", what)


def headings_agree(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """The reasons a heading names are those of the entry's rows; a difference is told."""
    tabled: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reason in rows.reasons:
        tabled[reason.regime, reason.item].add(reason.reason)
    for item in rows.items:
        found, stated = tabled[item.regime, item.item], {*item.stated}
        if item.captured and stated and stated != found:
            missing = ", ".join(sorted(stated - found)) or "none"
            further = ", ".join(sorted(found - stated)) or "none"
            what = f"In the heading but not in the rows: {missing}; in the rows only: {further}."
            yield _warning("reasons_differ", f"{item.regime} {item.item}", what)


# -- offices ----------------------------------------------------------------------------------


def someone_takes_the_rest(rows: Rows, _expected: Expectations) -> Iterator[Finding]:
    """One office takes what no other charter names."""
    if rows.charters and not any(charter.catch_all for charter in rows.charters):
        yield _error("no_catch_all", "charters", "No charter takes what the others leave.")


CHECKS: tuple[Callable[[Rows, Expectations], Iterator[Finding]], ...] = (
    one_row_a_day,
    countries_exist,
    chart_is_whole,
    columns_are_empty,
    pointers_say_nothing,
    groups_exclude_each_other,
    groups_agree,
    columns_exist,
    references_exist,
    reasons_are_captured,
    headings_agree,
    someone_takes_the_rest,
)
