"""Countries are typed by name or code and keep their order; none and not known are answers."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.portal.forms.answers import UNKNOWN
from apps.portal.forms.countries import (
    Atlas,
    CountriesAnswer,
    CountryAnswer,
    DatedCountriesAnswer,
)

ATLAS = Atlas((("XA", "Xanadu"), ("XB", "Xebia"), ("XC", "Côte X")))
CODES = ("XA", "XB", "XC")
LANDS = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)
DATES = st.dates().map(lambda day: day.isoformat())
NATIONALITIES = st.lists(
    st.builds(lambda land, day: {"country": land, "from": day}, st.sampled_from(CODES), DATES)
    | st.builds(lambda land: {"country": land}, st.sampled_from(CODES)),
    min_size=1,
    max_size=3,
)


def inputs(number: int) -> list[forms.Widget]:
    return [forms.TextInput() for _place in range(number)]


def one() -> CountryAnswer:
    return CountryAnswer(required=False, atlas=ATLAS)


def several() -> CountriesAnswer:
    return CountriesAnswer(inputs(3), required=False, atlas=ATLAS)


def dated() -> DatedCountriesAnswer:
    return DatedCountriesAnswer(inputs(6), required=False, atlas=ATLAS)


def typed_again(field: forms.Field, value: Any) -> Any:
    """The value after a person has opened and sent the form without touching it."""
    return field.clean(field.prepare_value(value))


@pytest.mark.parametrize("typed", ["Xebia", "xebia", "  XEBIA ", "XB", "xb"])
def test_a_country_is_typed_by_name_or_code(typed: str) -> None:
    assert one().clean(typed) == "XB"


def test_a_country_is_shown_by_its_name() -> None:
    assert one().prepare_value("XC") == "Côte X"
    assert several().prepare_value(["XA", "XB"]) == ["Xanadu", "Xebia", ""]


@pytest.mark.parametrize("value", ["XA", UNKNOWN, None])
def test_one_country_is_kept(value: object) -> None:
    assert typed_again(one(), value) == value


def test_what_is_no_country_is_named_and_stays_typed() -> None:
    with pytest.raises(ValidationError, match="Atlantis is no country of the list"):
        one().clean("Atlantis")
    assert one().prepare_value("Atlantis") == "Atlantis"


def test_none_is_no_answer_where_one_country_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="or say that it is not known"):
        one().clean("None")


@given(LANDS)
def test_countries_keep_their_order(lands: list[str]) -> None:
    assert typed_again(several(), lands) == lands


@pytest.mark.parametrize("value", [[], UNKNOWN, None])
def test_no_country_and_not_known_are_answers_of_their_own(value: object) -> None:
    assert typed_again(several(), value) == value
    assert typed_again(dated(), value) == value


@given(NATIONALITIES)
def test_nationalities_keep_order_and_days(value: list[dict[str, str]]) -> None:
    assert typed_again(dated(), value) == value


def test_a_day_needs_the_country_it_goes_with() -> None:
    with pytest.raises(ValidationError, match="goes with this day"):
        dated().clean(["Xanadu", "", "", "2020-01-01", "", ""])


@pytest.mark.parametrize("word", ["none", "not known"])
def test_none_or_not_known_cannot_stand_beside_a_country(word: str) -> None:
    with pytest.raises(ValidationError, match="one of the other answers alone"):
        dated().clean([word, "", "Xanadu", "", "", ""])
    with pytest.raises(ValidationError, match="one of the other answers alone"):
        several().clean([word, "Xanadu", ""])
