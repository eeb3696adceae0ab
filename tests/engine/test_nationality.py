"""Which country counts for a person: the most recent citizenship or permanent residency."""

from __future__ import annotations

import pytest

from apps.engine.facts import UNKNOWN_VALUE, Fact
from apps.engine.nationality import Candidates, holds_on, most_recent
from tests.factories.engine import TODAY

CITIZEN, RESIDENT = ("citizenships",), ("permanent_residencies",)


def held(*written: str) -> Fact:
    """`XA`, or `XA 2010` from that year on, or `?` for one that is not known."""
    return Fact(tuple(_one(text) for text in written))


def _one(text: str) -> object:
    country, _, year = text.partition(" ")
    if country == "?":
        return UNKNOWN_VALUE
    since = {"from": TODAY.replace(year=int(year), month=1, day=1)} if year else {}
    return {"country": country, **since}


def counts(citizenships: tuple[str, ...], residencies: tuple[str, ...] = ()) -> Candidates:
    person = {"citizenships": held(*citizenships), "permanent_residencies": held(*residencies)}
    return most_recent(person, on=TODAY)


@pytest.mark.parametrize(
    ("citizenships", "residencies", "country"),
    [
        (("XA",), (), "XA"),
        (("XA", "XB"), (), "XB"),
        (("XA", "XB 2010"), (), "XB"),
        ((), ("XC",), "XC"),
        ((), ("XC", "XD"), "XD"),
        (("XA",), ("XC",), "XC"),
        (("XA",), ("XC 2010",), "XC"),
        (("XA", "XB 2010"), ("XC 2015",), "XC"),
        (("XA", "XB 2015"), ("XC 2010",), "XB"),
        (("XB 2015",), ("XC 2010",), "XB"),
        (("XA", "XC"), ("XC",), "XC"),
        (("XA", "XB 2027"), (), "XA"),
        (("XA",), ("XC 2027",), "XA"),
        (("XA", "XB 2027"), ("XC",), "XC"),
    ],
)
def test_the_most_recent_one_that_has_begun_counts(
    citizenships: tuple[str, ...], residencies: tuple[str, ...], country: str
) -> None:
    assert counts(citizenships, residencies) == Candidates((country,))


@pytest.mark.parametrize(
    ("citizenships", "residencies", "countries", "missing"),
    [
        (("XA", "XB"), ("XC",), ("XB", "XC"), CITIZEN),
        (("XA", "XC"), ("XB 2010",), ("XB", "XC"), CITIZEN),
        (("XA", "XB 2010"), ("XC",), ("XB", "XC"), RESIDENT),
        (("XB 2010",), ("XC",), ("XB", "XC"), RESIDENT),
        (("XB 2010",), ("XC 2010",), ("XB", "XC"), RESIDENT),
    ],
)
def test_where_the_days_do_not_tell_both_may_count(
    citizenships: tuple[str, ...],
    residencies: tuple[str, ...],
    countries: tuple[str, ...],
    missing: tuple[str, ...],
) -> None:
    assert counts(citizenships, residencies) == Candidates(countries, missing=missing)


def test_whoever_belongs_nowhere_is_stateless() -> None:
    assert counts(()) == Candidates(stateless=True)
    assert counts(("XA 2027",)) == Candidates(stateless=True)


@pytest.mark.parametrize(
    ("person", "missing"),
    [
        ({}, (*CITIZEN, *RESIDENT)),
        ({"citizenships": held("XA")}, RESIDENT),
        ({"permanent_residencies": held()}, CITIZEN),
        ({"citizenships": held("XA", "?"), "permanent_residencies": held()}, CITIZEN),
    ],
)
def test_a_list_that_is_not_known_leaves_any_country(
    person: dict[str, Fact], missing: tuple[str, ...]
) -> None:
    assert most_recent(person, on=TODAY) == Candidates(any_country=True, missing=missing)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        ("2026-11-22", "2026-11-22", True),
        ("2026-11-23", None, False),
        (None, "2026-11-21", False),
    ],
)
def test_a_tie_lasts_from_its_first_to_its_last_day(
    since: str | None, until: str | None, holds: bool
) -> None:
    days = {"from": since, "until": until}
    tie = {key: TODAY.fromisoformat(day) for key, day in days.items() if day}
    assert holds_on(tie, TODAY) is holds
    assert holds_on("XA", TODAY)
