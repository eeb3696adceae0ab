"""Import checks hold across the shipped rows, and each finds the fault it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from apps.engine.rows import ChartRow, CountryRow, GroupRow, Period, ReasonRow, Rows
from apps.rulebook.domain.checks import check_rows, errors
from apps.rulebook.domain.expectations import Expectations
from apps.rulebook.domain.files import read_folder
from apps.rulebook.domain.shipped import FOLDER
from tests.rulebook.conftest import Spoil


def test_the_shipped_rows_have_known_gaps_and_no_error() -> None:
    found = [(item.check, item.severity, item.row) for item in read_folder(FOLDER).warnings]
    assert found == [
        ("groups_differ", "warning", "CY"),
        ("groups_differ", "warning", "ET"),
        ("unknown_entry", "warning", "US-EAR 3A004"),
        ("unknown_entry", "warning", "US-EAR 3B003"),
        ("unknown_entry", "warning", "US-EAR 3C007"),
        ("unknown_entry", "warning", "US-EAR 3C008"),
        ("unknown_entry", "warning", "US-EAR 3C009"),
        ("reasons_differ", "warning", "US-EAR 1A231"),
        ("reasons_differ", "warning", "US-EAR 1C350"),
        ("reasons_differ", "warning", "US-EAR 1C351"),
        ("reasons_differ", "warning", "US-EAR 3A232"),
        ("reasons_differ", "warning", "US-EAR 6A992"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("tables/countries.csv", "XK,", "XX,", "unknown_country"),
        ("tables/chart.csv", "US-EAR,AD,", "US-EAR,AC,", "unknown_country"),
        ("tables/countries.csv", "LI,Liechtenstein,CH", "LI,Liechtenstein,CX9", "unknown_country"),
        ("checks.yaml", "US-EAR: 201", "US-EAR: 200", "chart_country_count"),
        ("checks.yaml", "[AT1, AT2]", "[AT1, CB1]", "mark_in_empty_column"),
        ("checks.yaml", '["EAR:D:1", "EAR:B"]', '["EAR:D:2", "EAR:D:3"]', "groups_overlap"),
        ("checks.yaml", "3A004, ", "", "unknown_entry"),
        ("checks.yaml", "[EAR99]", "[]", "captured_wrongly"),
        ("tables/items.csv", 'nuclear and miscellaneous",no,', 'nuclear and miscellaneous",yes,',
         "captured_wrongly"),
        ("tables/reasons.csv", "machine,NS1,", "machine,NS9,", "unknown_column"),
        ("tables/destinations.csv", "EAR:FN:1", "EAR:FN:99", "unknown_group"),
        ("charters.yaml", "catch_all: true", "catch_all: false", "no_catch_all"),
    ],
)  # fmt: skip
def test_a_fault_across_rows_is_refused(
    spoil: Spoil, file: str, old: str, new: str, code: str
) -> None:
    assert code in {item.code for item in spoil(file, old, new)}


def found_in(rows: Rows, expected: Expectations | None = None) -> Iterator[tuple[str, str]]:
    for item in check_rows(rows, expected or Expectations()):
        yield item.check, item.row


def test_two_rows_for_one_question_may_follow_but_not_overlap(rows: Rows) -> None:
    country = rows.countries[0]
    day = date(2026, 1, 1)
    first = replace(country, period=Period(None, day))
    after = replace(country, period=Period(day, None))
    assert list(found_in(Rows(countries=(first, after)))) == []
    overlapping = replace(country, period=Period(date(2025, 12, 31), None))
    key = ("two_rows_a_day", f"country {country.code}")
    assert list(found_in(Rows(countries=(first, overlapping)))) == [key]


def test_a_chart_row_with_a_cell_too_few_is_found(rows: Rows) -> None:
    chart = tuple(row for row in rows.chart if (row.country, row.column) != ("DE", "NS1"))
    assert list(found_in(Rows(countries=rows.countries, chart=chart))) == [
        ("chart_cell_missing", "US-EAR DE")
    ]


def test_a_mark_beside_a_pointer_is_found(rows: Rows) -> None:
    source = rows.countries[0].source
    cell = ChartRow("US-EAR", "IR", "NS1", marked=True, period=Period(), source=source, pointer="7")
    country = CountryRow("IR", "Iran", Period(), source)
    assert list(found_in(Rows(countries=(country,), chart=(cell,)))) == [
        ("pointer_with_mark", "US-EAR IR")
    ]


def test_groups_that_exclude_each_other_may_follow_in_time(rows: Rows) -> None:
    source, day = rows.countries[0].source, date(2024, 3, 15)
    country = CountryRow("NI", "Nicaragua", Period(), source)
    before = GroupRow("NI", "B", member=True, period=Period(None, day), source=source)
    after = GroupRow("NI", "D", member=True, period=Period(day, None), source=source)
    expected = Expectations(disjoint=(("B", "D"),))
    assert list(found_in(Rows(countries=(country,), groups=(before, after)), expected)) == []
    both = replace(after, period=Period())
    assert list(found_in(Rows(countries=(country,), groups=(before, both)), expected)) == [
        ("groups_overlap", "NI")
    ]


def test_a_reason_of_an_absent_entry_is_found(rows: Rows) -> None:
    source = rows.countries[0].source
    chart = tuple(row for row in rows.chart if row.country == "DE")
    reason = ReasonRow(
        "US-EAR", "9Z999", "NS", True, (), (), (), "machine", "NS1", Period(), source
    )  # fmt: skip
    found = check_rows(
        Rows(countries=rows.countries, chart=chart, reasons=(reason,)), Expectations()
    )
    assert [item.code for item in errors(found)] == ["unknown_entry"]
