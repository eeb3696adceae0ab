"""The shipped tables say what their sources say, with dates, and unknown where they do not."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from apps.engine.rows import Rows

TODAY = date(2026, 11, 22)


def member(rows: Rows, country: str, group: str, on: date = TODAY) -> list[bool | None]:
    return [
        row.member
        for row in rows.groups
        if (row.country, row.group) == (country, group) and row.period.holds(on)
    ]


def marks(rows: Rows, country: str, on: date = TODAY) -> dict[str, bool | None]:
    return {
        row.column: row.marked
        for row in rows.chart
        if row.country == country and row.period.holds(on)
    }


def test_every_row_of_the_sources_is_carried(rows: Rows) -> None:
    assert len({row.code for row in rows.countries}) == 250  # ISO 3166-1 and Kosovo
    ear = {row.country for row in rows.groups if row.group == "EAR:B"}
    assert (len(ear), len({row.country for row in rows.chart})) == (202, 201)
    assert len({row.column for row in rows.chart}) == 16
    assert len(rows.items) == 636
    added = ("DEEMED:", "AE:")  # what one row of the list says of two destinations
    own = [row for row in rows.reasons if not row.column.startswith(added)]
    assert len(own) == 1547
    assert Counter(row.reading for row in own) == {"machine": 1393, "person": 97, "item_reason": 57}


def test_members_of_the_groups_are_as_many_as_in_the_supplement(rows: Rows) -> None:
    found = Counter(
        row.group for row in rows.groups if row.member and row.period.holds(date(2026, 7, 23))
    )
    counted = {name: found[f"EAR:{name}"] for name in ("A:5", "A:6", "D:1", "D:5", "E:1", "E:2")}
    # Hong Kong is counted in D:1 and D:5, Liechtenstein with Switzerland in A:1 to A:5
    assert counted == {"A:5": 39, "A:6": 8, "D:1": 25, "D:5": 23, "E:1": 3, "E:2": 1}


def test_an_embargoed_row_of_the_chart_says_neither_yes_nor_no(rows: Rows) -> None:
    for country, pointer in (
        ("IR", "746.7"),
        ("KP", "742.19;746.4"),
        ("SY", "746.9"),
        ("CU", "746.2"),
    ):
        assert set(marks(rows, country).values()) == {None}
        assert {row.pointer for row in rows.chart if row.country == country} == {pointer}


def test_australia_and_the_united_kingdom_lost_their_marks_in_2024(rows: Rows) -> None:
    for country in ("AU", "GB"):
        assert set(marks(rows, country, date(2024, 4, 18)).values()) == {None}
        now = marks(rows, country, date(2024, 4, 19))
        assert [column for column, marked in now.items() if marked] == ["CB1"]


def test_cambodia_left_d5_in_2026(rows: Rows) -> None:
    days = (date(2021, 1, 1), date(2025, 6, 1), date(2026, 2, 2), date(2026, 2, 3))
    found = [member(rows, "KH", "EAR:D:5", on) for on in days]
    assert found == [[None], [True], [True], [False]]


def test_nicaragua_joined_d1_and_d5_in_2024(rows: Rows) -> None:
    days = (date(2024, 3, 14), date(2024, 3, 15))
    assert [member(rows, "NI", "EAR:D:5", on) for on in days] == [[False], [True]]
    assert [member(rows, "NI", "EAR:B", on) for on in days] == [[None], [False]]


def test_hong_kong_stands_as_china_and_liechtenstein_as_switzerland(rows: Rows) -> None:
    for country, other in (("HK", "CN"), ("LI", "CH")):
        assert marks(rows, country) == marks(rows, other)
        groups = {row.group for row in rows.groups if row.country == other}
        groups = {group for group in groups if ":FN:" not in group and group.startswith("EAR")}
        assert {g: member(rows, country, g) for g in groups} == {
            g: member(rows, other, g) for g in groups
        }
    assert marks(rows, "HK", date(2020, 12, 22)) == {}


def test_the_proscribed_list_ends_what_is_not_verified(rows: Rows) -> None:
    days = (date(2020, 9, 30), date(2026, 9, 30), date(2026, 10, 1))
    assert [member(rows, "CY", "ITAR:126.1", on) for on in days] == [[None], [False], [None]]
    kh = [member(rows, "KH", "ITAR:126.1", on) for on in (date(2025, 11, 6), date(2025, 11, 7))]
    assert kh == [[True], [False]]
    assert member(rows, "DE", "ITAR:126.1") == [False]


def test_what_came_in_september_2024_has_no_rows_before(rows: Rows) -> None:
    since = {row.item: row.period.since for row in rows.items if row.period.since}
    assert {item for item, day in since.items() if day == date(2024, 9, 6)} == {
        *("2B910", "2D910", "2E903", "2E910", "3A901", "3A904", "3B903", "3B904", "3C907"),
        *("3C908", "3C909", "3D901", "3D907", "3E901", "3E905", "4A906", "4D906", "4E906"),
    }
    own = [row.period.since for row in rows.reasons if row.item in since and row.item != "4E091"]
    assert set(own) == {date(2024, 9, 6)}


@pytest.mark.parametrize(
    ("item", "tsr", "excludes", "reasons", "reading"),
    [
        ("3E001", "yes", ("3A001.b.2", "3A001.b.3", "3A001.b.8", "3A001.e.4", "3A001.z", "3A090"),
         ("MT",), False),
        ("1E002", "yes", ("1E002.e", "1E002.f"), (), False),
        ("3E003", "yes", ("3E003.f", "3E003.g"), (), False),
        ("6D002", "yes", ("6A008.j.1", "6A002.b"), (), False),
        ("1E001", "yes", (), (), True),
        ("4E001", "yes", (), (), True),
        ("5E001", "yes", (), (), True),
        ("2E001", "unknown", (), (), False),
        ("2E018", "yes", (), (), False),
        ("9E610", "no", (), (), False),
        ("3A001", "does_not_apply", (), (), False),
        ("8C609", "does_not_apply", (), (), False),
        ("EAR99", "does_not_apply", (), (), False),
    ],
)  # fmt: skip
def test_what_is_known_of_restricted_technology_and_software(
    rows: Rows,
    item: str,
    tsr: str,
    excludes: tuple[str, ...],
    reasons: tuple[str, ...],
    reading: bool,
) -> None:
    (row,) = [row for row in rows.items if row.item == item]
    found = (row.tsr, row.tsr_excludes, row.tsr_excludes_reasons, row.tsr_needs_reading)
    assert found == (tsr, excludes, reasons, reading)


def test_an_entry_without_reason_rows_is_not_captured_unless_it_rightly_has_none(
    rows: Rows,
) -> None:
    having = {row.item for row in rows.reasons}
    without = [row for row in rows.items if row.item not in having]
    assert len(without) == 71
    assert [row.item for row in without if row.captured] == ["EAR99"]


def test_a_release_inside_is_reached_only_where_the_law_says_so(rows: Rows) -> None:
    deemed = {row.name: row.deemed for row in rows.destinations if row.period.holds(TODAY)}
    pointed = {
        (row.item, row.reason): row.column for row in rows.reasons if "WORLDWIDE" in row.column
    }
    assert deemed[pointed["3E905", "NS"]] == "yes"
    assert deemed[pointed["2E910", "RS"]] == "unknown"
    assert deemed[pointed["4E001", "RS"]] == "no"
    assert deemed["RU+BY:746.8"] == "no"
    quantum = [row.column for row in rows.reasons if (row.item, row.reason) == ("4E906", "NS")]
    assert [deemed.get(column) for column in quantum] == ["no", "yes"]


def test_what_rests_on_memory_stays_marked(rows: Rows) -> None:
    (row,) = [row for row in rows.items if row.item == "2B352"]
    assert row.source.confidence == "memory"
    iran = [row for row in rows.groups if (row.country, row.group) == ("IR", "ITAR:126.1")]
    assert [row.source.confidence for row in iran] == ["memory"]
    advanced = [row for row in rows.destinations if row.name == "WORLDWIDE:742.6(a)(6)"]
    assert [row.source.confidence for row in advanced] == ["unverified"]


def test_every_row_has_a_source_with_a_citation(rows: Rows) -> None:
    parts = (rows.countries, rows.groups, rows.chart, rows.items, rows.reasons, rows.destinations)
    assert {bool(row.source.citation and row.source.read) for part in parts for row in part} == {
        True
    }
