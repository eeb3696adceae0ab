"""Dated look-ups: what a table does not say is never permission."""

from __future__ import annotations

from datetime import date

import pytest

from apps.engine.law import Law, index_rows, is_unverified, vocabulary_of
from apps.engine.rows import ChartRow, CountryRow, GroupRow, Period, Source
from apps.engine.truth import FALSE, TRUE, UNSETTLED
from tests.factories.engine import (
    ALWAYS,
    REGIME,
    SOURCE,
    TODAY,
    destination_row,
    item_row,
    reason_row,
    rows,
)

CHANGE = date(2026, 1, 1)


def law(on: date = TODAY, **tables: object) -> Law:
    return Law(on, index_rows(rows(**tables), on))


@pytest.mark.parametrize(
    ("country", "answer"), [("XB", TRUE), ("XC", FALSE), ("XD", UNSETTLED), ("XE", UNSETTLED)]
)
def test_a_country_is_in_a_group_only_if_the_table_says_so(country: str, answer: int) -> None:
    assert law().member(country, "XA:B") == answer


@pytest.mark.parametrize(
    ("country", "answer"), [("XC", TRUE), ("XD", FALSE), ("XE", UNSETTLED), ("XA", UNSETTLED)]
)
def test_a_cell_without_entry_is_no_permission(country: str, answer: int) -> None:
    blank = (
        ChartRow(REGIME, "XC", "NS1", True, ALWAYS, SOURCE),
        ChartRow(REGIME, "XD", "NS1", False, ALWAYS, SOURCE),
        ChartRow(REGIME, "XE", "NS1", None, ALWAYS, SOURCE, pointer="746"),
    )
    assert law(chart=blank).mark(REGIME, country, "NS1") == answer
    assert law(chart=blank).mark("XB-LAW", country, "NS1") == UNSETTLED


@pytest.mark.parametrize(
    ("country", "answer"),
    [("XA", FALSE), ("XB", TRUE), ("XC", FALSE), ("XD", UNSETTLED), ("XE", TRUE)],
)
def test_a_destination_names_groups_countries_and_who_stands_like_them(
    country: str, answer: int
) -> None:
    rule = destination_row("P", includes=("XA:B", "XC", "XE"), excludes=("XC",))
    follows = (CountryRow("XE", "x", ALWAYS, SOURCE), CountryRow("XA", "x", ALWAYS, SOURCE))
    groups = tuple(
        GroupRow(code, "XA:B", member, ALWAYS, SOURCE)
        for code, member in (("XA", False), ("XB", True), ("XC", True), ("XD", None), ("XE", False))
    )
    found = law(destinations=(rule,), countries=follows, groups=groups)
    assert found.reached(REGIME, country, "P", deemed=True) == answer


def test_a_territory_stands_like_the_country_it_follows() -> None:
    rule = destination_row("P", includes=("XC",))
    follower = (CountryRow("XE", "Isle", ALWAYS, SOURCE, follows="XC"),)
    assert (
        law(destinations=(rule,), countries=follower).reached(REGIME, "XE", "P", deemed=True)
        == TRUE
    )
    assert law(destinations=(rule,)).reached(REGIME, "XE", "P", deemed=True) == FALSE


@pytest.mark.parametrize(
    ("deemed", "readable", "inside", "outside"),
    [
        ("yes", True, TRUE, TRUE),
        ("no", True, FALSE, TRUE),
        ("unknown", True, UNSETTLED, TRUE),
        ("yes", False, UNSETTLED, UNSETTLED),
        ("no", False, FALSE, UNSETTLED),
    ],
)
def test_a_destination_may_not_reach_a_release_inside_or_not_be_readable(
    deemed: str, readable: bool, inside: int, outside: int
) -> None:
    found = law(destinations=(destination_row("P", deemed=deemed, readable=readable),))
    assert found.reached(REGIME, "XB", "P", deemed=True) == inside
    assert found.reached(REGIME, "XB", "P", deemed=False) == outside


def test_what_no_destination_rule_of_the_day_says_is_the_laws() -> None:
    ended = destination_row("P", period=Period(before=CHANGE))
    assert law(destinations=(ended,)).reached(REGIME, "XB", "P", deemed=True) == UNSETTLED
    earlier = law(date(2025, 12, 31), destinations=(ended,))
    assert earlier.reached(REGIME, "XB", "P", deemed=True) == TRUE


def test_a_row_holds_from_its_first_day_until_the_day_before_the_next() -> None:
    chart = (
        ChartRow(REGIME, "XB", "NS1", True, Period(before=CHANGE), SOURCE),
        ChartRow(REGIME, "XB", "NS1", False, Period(since=CHANGE), SOURCE),
    )
    days = (date(2025, 12, 31), CHANGE)
    assert [law(day, chart=chart).mark(REGIME, "XB", "NS1") for day in days] == [TRUE, FALSE]


@pytest.mark.parametrize(
    ("confidence", "unsure"),
    [
        ("verified", False),
        ("high", False),
        ("memory", True),
        ("unverified", True),
        ("needs reading", True),
    ],
)
def test_what_was_not_read_is_to_be_confirmed(confidence: str, unsure: bool) -> None:
    assert is_unverified(Source("1 XA 1", "x", confidence=confidence)) is unsure


def test_the_vocabulary_holds_every_country_and_entry_of_any_day_cited_ones_too() -> None:
    past = Period(before=date(2001, 1, 1))
    found = vocabulary_of(
        rows(
            countries=(CountryRow("XA", "x", past, SOURCE),),
            items=(item_row("1X001", period=past),),
            reasons=(
                reason_row(refs=("1X001.a", "1Y002.b"), excludes=("1Z003.c",), see=("1W004",)),
            ),
        )
    )
    assert found.countries == {"XA"}
    assert found.items == {
        REGIME: {"1X001", "1Y002", "1Z003", "1W004", "listed", "not_listed", "not_subject"}
    }
