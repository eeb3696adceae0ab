"""What follows from an item's entry: its series, what a reading finds open, another regime."""

from __future__ import annotations

import pytest

from apps.engine.conditions.paths import compile_path
from apps.engine.facts.tree import UNKNOWN_FACT
from tests.factories.engine import ABSENT, REGIME, exposure

CONTROL = f"items.thing.control.{REGIME}"


def found(path: str, **changes: object) -> tuple[object, tuple[str, ...], bool]:
    """(value or None where it is not known, what is missing, whether law is)."""
    compiled = compile_path(path, regime=REGIME)
    assert compiled is not None
    told = {key.replace("__", "."): value for key, value in changes.items()}
    known = compiled.look(exposure(told))
    value = None if known.fact is UNKNOWN_FACT else known.fact.value
    return value, known.missing, known.unsettled


@pytest.mark.parametrize(
    ("entry", "series"), [("1X001", "0"), ("1X601", "6"), ("EAR99", ""), ("not_listed", "")]
)
def test_the_third_character_of_an_entry_is_its_series(entry: str, series: str) -> None:
    assert found("exposure.item.series", **{f"{CONTROL}.item": entry}) == (series, (), False)


def test_without_an_entry_there_is_no_series() -> None:
    assert found("exposure.item.series", **{f"{CONTROL}.item": ABSENT}) == (
        None,
        (f"{CONTROL}.item",),
        False,
    )


@pytest.mark.parametrize(
    ("read", "answer"),
    [(["ONE"], "yes"), (["TWO"], "no"), ([], "no"), (["ONE", "unknown"], "yes")],
)
def test_a_reading_says_which_exceptions_are_open(read: list[str], answer: str) -> None:
    told = {f"{CONTROL}.eligible": read}
    assert found("exposure.item.opens.ONE", **told) == (answer, (), False)


def test_without_a_reading_it_is_law_that_is_not_known() -> None:
    assert found("exposure.item.opens.ONE") == (None, (), True)


def test_a_reading_with_an_unknown_member_leaves_open_what_it_does_not_name() -> None:
    told = {f"{CONTROL}.eligible": ["TWO", "unknown"]}
    assert found("exposure.item.opens.ONE", **told) == (None, (), True)


def test_an_entry_under_another_regime_of_the_country_is_told() -> None:
    assert found("exposure.item.elsewhere") == ("no", (), False)
    other = {"items.thing.control.XA-ARMS.item": "listed"}
    assert found("exposure.item.elsewhere", **other) == ("yes", (), False)
    foreign = {"items.thing.control.XB-ARMS.item": "listed"}
    assert found("exposure.item.elsewhere", **foreign) == ("no", (), False)
