"""Conditions that compare quantities, days and thresholds: units are never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from apps.engine.conditions.tree import Read
from apps.engine.rows import Period, ThresholdRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import ALWAYS, SOURCE, TODAY, UNSURE, leaf, refused, seen

ENERGY = "exposure.item.measures.energy"
SINCE = "exposure.person.employed_since"
MONTHS = "exposure.person.months_resident"
TO_HOME: Mapping[str, object] = {"releases.r1.who": "home"}


def energy(told: str) -> dict[str, object]:
    return {"items.thing.measures.energy": told}


@pytest.mark.parametrize(
    ("order", "below", "at", "above"),
    [
        ("<", TRUE, FALSE, FALSE),
        ("<=", TRUE, TRUE, FALSE),
        (">", FALSE, FALSE, TRUE),
        (">=", FALSE, TRUE, TRUE),
        ("==", FALSE, TRUE, FALSE),
    ],
)
def test_a_quantity_is_held_against_another(order: str, below: int, at: int, above: int) -> None:
    condition = {"compare": [ENERGY, order, "350 Wh/kg"]}
    told = ("349.9 Wh/kg", "350.0 Wh/kg", "350.1 Wh/kg")
    assert [seen(condition, energy(one)).truth for one in told] == [below, at, above]


def test_another_unit_is_asked_for_and_not_guessed() -> None:
    found = seen({"compare": [ENERGY, ">", "350 Wh/kg"]}, energy("1 kWh/kg"))
    assert (found.truth, found.missing) == (UNKNOWN, ("items.thing.measures.energy",))
    assert found.reads[0].fact == "items.thing.measures.energy"


def test_a_missing_measure_is_asked_for() -> None:
    found = seen({"compare": [ENERGY, ">", "350 Wh/kg"]})
    assert (found.truth, found.missing) == (UNKNOWN, ("items.thing.measures.energy",))


@pytest.mark.parametrize("twelve", [Decimal(12), "12 months"])
def test_a_number_is_held_against_one_with_or_without_its_unit(twelve: object) -> None:
    condition = {"compare": [MONTHS, ">=", twelve]}
    assert seen(condition, {"people.lin.months_resident": Decimal(12)}).truth == TRUE
    assert seen(condition, {"people.lin.months_resident": Decimal(11)}).truth == FALSE
    assert seen(condition, TO_HOME).truth == FALSE


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [("2019-12-31", TRUE, FALSE), ("2020-01-01", FALSE, FALSE), ("2020-01-02", FALSE, TRUE)],
)
def test_before_and_after_are_strict(day: str, before: int, after: int) -> None:
    told = {"people.lin.employed_since": day}
    assert seen({"before": [SINCE, "2020-01-01"]}, told).truth == before
    assert seen({"after": [SINCE, "2020-01-01"]}, told).truth == after


def test_a_missing_day_is_asked_for_and_no_person_has_none() -> None:
    for condition in ({"before": [SINCE, "2020-01-01"]}, {"within": [SINCE, "2 weeks"]}):
        assert seen(condition).missing == ("people.lin.employed_since",)
        assert seen(condition, TO_HOME).truth == FALSE


@pytest.mark.parametrize(
    ("span", "first"),
    [
        ("1 day", "2026-11-21"),
        ("10 days", "2026-11-12"),
        ("2 weeks", "2026-11-08"),
        ("1 months", "2026-10-23"),
        ("1 years", "2025-11-22"),
        ("0.5 years", "2026-05-24"),
    ],
)
def test_a_span_reaches_back_from_the_day_of_the_determination(span: str, first: str) -> None:
    condition = {"within": [SINCE, span]}
    day = TODAY.fromisoformat(first)
    earlier = TODAY.fromordinal(day.toordinal() - 1)
    later = TODAY.fromordinal(TODAY.toordinal() + 1)
    told = [
        seen(condition, {"people.lin.employed_since": one.isoformat()}).truth
        for one in (earlier, day, TODAY, later)
    ]
    assert told == [FALSE, TRUE, TRUE, FALSE]


def test_a_span_longer_than_the_calendar_is_no_fault() -> None:
    told = {"people.lin.employed_since": "0001-01-01"}
    assert seen({"within": [SINCE, "9999999999 years"]}, told).truth == TRUE


ABOVE = {"threshold": [ENERGY, "cell_energy"]}


@pytest.mark.parametrize(("told", "truth"), [("350 Wh/kg", FALSE), ("350.01 Wh/kg", TRUE)])
def test_a_threshold_must_be_passed(told: str, truth: int) -> None:
    found = seen(ABOVE, energy(told))
    assert (found.truth, found.rows, found.to_confirm) == (truth, ("thresholds:cell_energy",), ())
    assert found.reads[1] == Read("thresholds cell_energy", "350 Wh/kg", "invented")


def limits(*written: tuple[int, Period, Any]) -> tuple[ThresholdRow, ...]:
    return tuple(
        ThresholdRow("cell_energy", Decimal(value), "Wh/kg", period, source)
        for value, period, source in written
    )


def test_the_threshold_of_the_day_counts() -> None:
    change = TODAY.fromordinal(TODAY.toordinal() + 1)
    table = limits((300, Period(before=change), SOURCE), (350, Period(since=change), SOURCE))
    assert seen(ABOVE, energy("320 Wh/kg"), thresholds=table, on=TODAY).truth == TRUE
    assert seen(ABOVE, energy("320 Wh/kg"), thresholds=table, on=change).truth == FALSE


def test_a_threshold_nobody_verified_is_to_be_confirmed_and_one_not_on_file_is_the_laws() -> None:
    unsure = seen(ABOVE, energy("400 Wh/kg"), thresholds=limits((350, ALWAYS, UNSURE)))
    assert unsure.to_confirm == ("thresholds:cell_energy",)
    none = seen(ABOVE, energy("400 Wh/kg"), thresholds=())
    assert (none.truth, none.missing) == (UNSETTLED, ())


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"compare": [ENERGY, ">", "350.0 Wh/kg"]}, "measured value > 350 Wh/kg"),
        ({"compare": [MONTHS, "<", Decimal(12)]}, "months in the host's country (person) < 12"),
        ({"before": [SINCE, "2020-01-01"]}, "employed since (person) is before 2020-01-01"),
        ({"within": [SINCE, "2 weeks"]}, "employed since (person) is within 2 weeks of the day"),
        (ABOVE, "measured value is above cell energy"),
    ],
)
def test_a_comparison_is_spoken_as_a_sentence(condition: Any, sentence: str) -> None:
    assert leaf(condition).text == sentence


def refusal_of(op: str, operands: object) -> list[tuple[str, str]]:
    return [(code, where.removeprefix(f"when.{op}")) for code, where in refused({op: operands})]


@pytest.mark.parametrize(
    ("op", "operands", "refusals"),
    [
        ("compare", [ENERGY, ">"], [("wrong_type", "")]),
        ("compare", [ENERGY, "=>", "5 km"], [("wrong_type", "")]),
        ("compare", [ENERGY, [">"], "5 km"], [("wrong_type", "")]),
        ("compare", ["exposure.x", ">", "5 km"], [("unknown_fact", "[0]")]),
        ("compare", ["activity.nature", ">", "5 km"], [("wrong_value", "[0]")]),
        ("compare", [ENERGY, ">", Decimal(5)], [("wrong_type", "[2]")]),
        ("compare", [ENERGY, ">", "far"], [("wrong_type", "[2]")]),
        ("compare", [MONTHS, ">", "5 km"], [("wrong_type", "[2]")]),
        ("compare", ["exposure.person.benefit_share", ">", "5 km"], [("wrong_type", "[2]")]),
        ("before", [SINCE], [("wrong_type", "")]),
        ("before", [SINCE, "2020-02-30"], [("wrong_type", "")]),
        ("before", [SINCE, Decimal(2020)], [("wrong_type", "")]),
        ("after", ["exposure.x", "2020-02-03"], [("unknown_fact", "[0]")]),
        ("after", ["activity.nature", "2020-02-03"], [("wrong_value", "[0]")]),
        ("within", [SINCE], [("wrong_type", "")]),
        ("within", [SINCE, "5 km"], [("wrong_type", "")]),
        ("within", ["activity.nature", "5 days"], [("wrong_value", "[0]")]),
        ("threshold", ENERGY, [("wrong_type", "")]),
        ("threshold", [ENERGY, ["a"]], [("wrong_type", "")]),
        ("threshold", ["exposure.x", "a"], [("unknown_fact", "[0]")]),
        ("threshold", ["activity.nature", "a"], [("wrong_value", "[0]")]),
    ],
)
def test_a_comparison_that_could_never_hold_is_refused_when_written(
    op: str, operands: object, refusals: list[tuple[str, str]]
) -> None:
    assert refusal_of(op, operands) == refusals
