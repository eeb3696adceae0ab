"""Each simple type of fact takes what fits and refuses the rest with what would be valid."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal

import pytest

from apps.engine.facts.types import (
    UNKNOWN_VALUE,
    Amount,
    Country,
    Day,
    FactType,
    Flag,
    Identifier,
    Number,
    OneOf,
    Quantity,
    Reading,
    Region,
    Text,
    Vocabulary,
    as_amount,
    unwrap,
)
from apps.engine.refusal import Refusal

WORDS = OneOf(("open", "closed"))
MONTHS = Number("months", Decimal(0), Decimal(99))
SHARE = Quantity("%", Decimal(0), Decimal(100))
VOCABULARY = Vocabulary(countries=frozenset({"XA", "XB"}))


def read(kind: FactType, raw: object) -> tuple[object, list[Refusal]]:
    found: list[Refusal] = []
    return kind.read(raw, "people.lin.fact", Reading(VOCABULARY, found.append)), found


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Flag(), True, True),
        (Flag(), False, False),
        (Text(), "NO", "NO"),
        (Text(), "Zoë Ångström 李", "Zoë Ångström 李"),
        (Text(), Decimal("2.5"), "2.5"),
        (Text(most=2), "ab", "ab"),
        (Identifier(), "us-campus", "us-campus"),
        (Identifier(), Decimal(7), "7"),
        (Identifier(), "李_1", "李_1"),
        (WORDS, "open", "open"),
        (Country(), "XA", "XA"),
        (Region(), "CA-QC", "CA-QC"),
        (Day(), "2026-02-28", date(2026, 2, 28)),
        (Day(), date(2026, 2, 28), date(2026, 2, 28)),
        (Number(), Decimal("-2.5"), Decimal("-2.5")),
        (MONTHS, 0, Decimal(0)),
        (MONTHS, Decimal(99), Decimal(99)),
        (Quantity(), "400 Wh/kg", Amount(Decimal(400), "Wh/kg")),
        (Quantity(), "400Wh/kg", Amount(Decimal(400), "Wh/kg")),
        (Quantity("km"), {"value": Decimal(3), "unit": "km"}, Amount(Decimal(3), "km")),
        (Quantity("km"), {"value": "3.5", "unit": " km "}, Amount(Decimal("3.5"), "km")),
        (SHARE, "100 %", Amount(Decimal(100), "%")),
        (SHARE, "0%", Amount(Decimal(0), "%")),
        (Quantity(), "-40 °C", Amount(Decimal(-40), "°C")),
        (Quantity(), "5 µm", Amount(Decimal(5), "µm")),
    ],
)
def test_a_value_that_fits_is_read(kind: FactType, raw: object, value: object) -> None:
    assert read(kind, raw) == (value, [])


HUGE = 5000 * "9"


@pytest.mark.parametrize(
    ("kind", "raw", "code", "valid"),
    [
        (Flag(), "yes", "wrong_type", "true or false"),
        (Flag(), 1, "wrong_type", "true or false"),
        (Flag(), None, "wrong_type", "true or false"),
        (Text(most=2), "abc", "wrong_type", "text of 1 to 2 characters"),
        (Text(), "", "wrong_type", "text of 1 to 4000 characters"),
        (Text(), True, "wrong_type", "text of 1 to 4000 characters"),
        (Text(), "a\x00b", "forbidden_character", ""),
        (Text(), "\ud83d", "forbidden_character", ""),
        (Text(), ["a"], "wrong_type", "text of 1 to 4000 characters"),
        (Identifier(), "two words", "wrong_type", "an id of letters, digits and hyphens"),
        (Identifier(), "", "wrong_type", "an id of letters, digits and hyphens"),
        (Identifier(), "a\n", "wrong_type", "an id of letters, digits and hyphens"),
        (Identifier(), 65 * "a", "wrong_type", "an id of letters, digits and hyphens"),
        (Identifier(), True, "wrong_type", "an id of letters, digits and hyphens"),
        (WORDS, "Open", "not_an_option", "open, closed"),
        (WORDS, ["open"], "not_an_option", "open, closed"),
        (Country(), "XQ", "unknown_country", "ISO 3166-1 alpha-2"),
        (Country(), "xa", "unknown_country", "ISO 3166-1 alpha-2"),
        (Country(), False, "unknown_country", "ISO 3166-1 alpha-2"),
        (Region(), "Quebec", "wrong_type", "a region by ISO 3166-2"),
        (Day(), "2026-02-30", "impossible_date", "a date, YYYY-MM-DD"),
        (Day(), "22.11.2026", "impossible_date", "a date, YYYY-MM-DD"),
        (Day(), "20261122", "impossible_date", "a date, YYYY-MM-DD"),
        (Day(), Decimal(2026), "impossible_date", "a date, YYYY-MM-DD"),
        (Number(), "5", "wrong_type", "a number"),
        (Number(), True, "wrong_type", "a number"),
        (Number(), Decimal("NaN"), "wrong_type", "a number"),
        (Number(), Decimal("Infinity"), "wrong_type", "a number"),
        (MONTHS, Decimal(-1), "wrong_type", "a number from 0 up to 99 months"),
        (MONTHS, Decimal(100), "wrong_type", "a number from 0 up to 99 months"),
        (Quantity(), Decimal(400), "wrong_type", "a number with its unit, such as 60 km"),
        (Quantity(), "4005", "wrong_type", "a number with its unit, such as 60 km"),
        (Quantity(), "1,000 W", "wrong_type", "a number with its unit, such as 60 km"),
        (Quantity(), "Wh/kg", "wrong_type", "a number with its unit, such as 60 km"),
        (Quantity(), f"{HUGE} W", "wrong_type", "a number with its unit, such as 60 km"),
        (
            Quantity(),
            {"value": "NaN", "unit": "W"},
            "wrong_type",
            "a number with its unit, such as 60 km",
        ),
        (
            Quantity(),
            {"value": "1e999999", "unit": "W"},
            "wrong_type",
            "a number with its unit, such as 60 km",
        ),
        (
            Quantity(),
            {"value": Decimal("Infinity"), "unit": "W"},
            "wrong_type",
            "a number with its unit, such as 60 km",
        ),
        (
            Quantity(),
            {"value": True, "unit": "W"},
            "wrong_type",
            "a number with its unit, such as 60 km",
        ),
        (
            Quantity(),
            {"value": 3, "unit": " "},
            "wrong_type",
            "a number with its unit, such as 60 km",
        ),
        (Quantity(), {"value": 3}, "wrong_type", "a number with its unit, such as 60 km"),
        (SHARE, "60 km", "wrong_type", "a number with its unit, such as 60 %"),
        (SHARE, "-1 %", "wrong_type", "a number with its unit, such as 60 %"),
        (SHARE, "101 %", "wrong_type", "a number with its unit, such as 60 %"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_where_it_stands(
    kind: FactType, raw: object, code: str, valid: str
) -> None:
    value, refusals = read(kind, raw)
    assert value is UNKNOWN_VALUE
    assert [(no.code, no.where, no.valid) for no in refusals] == [(code, "people.lin.fact", valid)]
    assert refusals[0].remedy
    assert len(refusals[0].found) <= 80


def test_a_code_is_not_checked_where_the_edition_knows_none() -> None:
    found: list[Refusal] = []
    assert Country().read("QQ", "x", Reading(Vocabulary(), found.append)) == "QQ"
    assert found == []


def test_a_refusal_shows_a_plain_value_and_only_the_kind_of_another() -> None:
    shown = [read(Flag(), raw)[1][0].found for raw in ("yes", Decimal("2.5"), ["a", "b"], None)]
    assert shown == ["yes", "2.5", "list", "NoneType"]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Amount(Decimal("350.00"), "Wh/kg"), "350 Wh/kg"),
        (Amount(Decimal("1E+3"), "km"), "1000 km"),
    ],
)
def test_an_amount_is_shown_plainly(amount: Amount, shown: str) -> None:
    assert str(amount) == shown
    assert as_amount(amount) is amount


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("XA", ("XA", "", None)),
        ({"value": "XA"}, ("XA", "", None)),
        (
            {"value": "XA", "source": "passport", "as_of": "2026-11-02"},
            ("XA", "passport", "2026-11-02"),
        ),
        (
            {"value": 400, "unit": "W", "source": "sheet"},
            ({"value": 400, "unit": "W"}, "sheet", None),
        ),
        ({"value": "unknown", "unit": "W"}, ("unknown", "", None)),
        ({"value": 1, "colour": "red"}, ({"value": 1, "colour": "red"}, "", None)),
        ({"source": "passport"}, ({"source": "passport"}, "", None)),
    ],
)
def test_a_value_may_be_written_long(raw: object, plain: object) -> None:
    assert unwrap(raw) == plain


def test_there_is_one_unknown_and_copies_of_it_are_itself() -> None:
    assert repr(UNKNOWN_VALUE) == "unknown"
    assert copy.copy(UNKNOWN_VALUE) is UNKNOWN_VALUE
    assert copy.deepcopy([UNKNOWN_VALUE])[0] is UNKNOWN_VALUE
