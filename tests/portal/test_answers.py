"""What is typed becomes a fact's plain value, and the value is typed back the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from apps.portal.forms import answers
from apps.portal.forms.answers import NONE, UNKNOWN, YES_NO

CODES = ("XA", "XB", "XC")


def inputs(number: int) -> list[forms.Widget]:
    return [forms.TextInput() for _place in range(number)]


def typed_again(field: forms.Field, value: Any) -> Any:
    """The value after a person has opened and sent the form without touching it."""
    return field.clean(field.prepare_value(value))


YES_OR_NO = answers.YesNoAnswer(required=False, choices=YES_NO)
MANY = answers.ManyAnswer(
    required=False, choices=[(word, word) for word in (*CODES, NONE, UNKNOWN)]
)


@pytest.mark.parametrize("value", [True, False, UNKNOWN, None])
def test_yes_no_and_not_known_are_kept(value: object) -> None:
    assert typed_again(YES_OR_NO, value) == value


@pytest.mark.parametrize("value", [["XA"], ["XA", "XC"], [], UNKNOWN, None])
def test_several_words_none_and_not_known_are_kept(value: object) -> None:
    assert typed_again(MANY, value) == value


def test_none_of_these_cannot_stand_beside_one_of_them() -> None:
    with pytest.raises(ValidationError, match="or this one alone"):
        MANY.clean(["XA", NONE])


def test_a_word_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ValidationError):
        MANY.clean(["XZ"])


def test_a_window_may_have_one_day_only() -> None:
    field = answers.WindowAnswer(inputs(2), required=False)
    assert typed_again(field, {"from": "2026-12-01"}) == {"from": "2026-12-01"}
    assert field.clean(["", ""]) is None


@pytest.mark.parametrize(
    ("typed", "value"), [("two\nlines", ["two", "lines"]), ("none", []), ("  ", None)]
)
def test_lines_are_a_list_and_none_is_an_empty_one(typed: str, value: object) -> None:
    field = answers.LinesAnswer(required=False)
    assert field.clean(typed) == value
    assert typed_again(field, value) == value


def test_a_quantity_carries_its_unit_and_is_typed_without() -> None:
    field = answers.NumberAnswer(required=False)
    field.unit = "Wh/kg"
    assert field.clean("390,5") == "390.5 Wh/kg"
    assert field.prepare_value("390.5 Wh/kg") == "390.5"
    assert typed_again(field, None) is None


def test_a_number_without_unit_is_a_decimal_and_words_are_refused() -> None:
    field = answers.NumberAnswer(required=False)
    assert field.clean("12") == Decimal(12)
    with pytest.raises(ValidationError, match="such as 280"):
        field.clean("high")


def test_funders_are_named_by_programme() -> None:
    field = answers.FundersAnswer(required=False)
    assert field.clean("NSF\nNASA") == [{"programme": "NSF"}, {"programme": "NASA"}]
    assert field.prepare_value([{"programme": "NSF"}, {"organisation": "home"}]) == "NSF\nhome"


@pytest.mark.parametrize(
    ("typed", "name", "owner"),
    [
        ("North Bay, 60 %", "North Bay", {"organisation": "tie-north-bay", "share": "60 %"}),
        (
            "North Bay, Ltd, 12,5%",
            "North Bay, Ltd",
            {"organisation": "tie-north-bay-ltd", "share": "12.5 %"},
        ),
        ("North Bay", "North Bay", {"organisation": "tie-north-bay"}),
        (
            "North Bay, about half",
            "North Bay, about half",
            {"organisation": "tie-north-bay-about-half"},
        ),
    ],
)
def test_an_owner_is_named_with_its_share_if_that_is_known(
    typed: str, name: str, owner: object
) -> None:
    field = answers.OwnersAnswer(required=False, names={"tie-north-bay": "North Bay"})
    assert (field.name_of(typed), field.to_python(typed)) == (name, [owner])


def test_owners_are_shown_as_they_are_typed() -> None:
    field = answers.OwnersAnswer(required=False, names={"tie-north-bay": "North Bay"})
    kept = [{"organisation": "tie-north-bay", "share": "60 %"}, {"organisation": "other"}]
    assert field.prepare_value(kept) == "North Bay, 60 %\nother"


def test_a_tie_is_an_organisation_of_the_case_under_an_id_of_its_own() -> None:
    field = answers.TiesAnswer(required=False, names={"tie-north-bay": "North Bay"})
    assert field.clean("North Bay") == [{"organisation": "tie-north-bay"}]
    assert field.prepare_value([{"organisation": "tie-north-bay"}]) == "North Bay"
