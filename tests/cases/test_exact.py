"""A decimal in an answer comes out of its JSON column as the decimal it was."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.cases.domain.vocabulary import vocabulary_on
from apps.cases.exact import ExactDecoder, ExactEncoder
from apps.engine.refusal import Refusal
from apps.engine.rows import CountryRow, Period, Rows, Source
from apps.rulebook.domain.load import load_edition
from apps.rulebook.models import EditionRow
from tests.factories.accounts import NOON, TODAY


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6
    )
)
def test_a_decimal_is_the_same_after_writing_and_reading(value: Decimal) -> None:
    read = json.loads(json.dumps({"value": value}, cls=ExactEncoder), cls=ExactDecoder)
    assert Decimal(read["value"]) == value
    assert not isinstance(read["value"], float)


def test_what_is_no_plain_value_is_not_written() -> None:
    with pytest.raises(TypeError):
        json.dumps({1, 2}, cls=ExactEncoder)


@pytest.mark.django_db
def test_an_edition_that_was_altered_gives_no_codes_to_check_against() -> None:
    country = CountryRow("DE", "Germany", Period(), Source("1 XX 1", "invented"))
    load_edition(Rows(countries=(country,)), id="2026-altered", by="system:test", at=NOON)
    EditionRow.objects.all().delete()
    with pytest.raises(Refusal) as refused:
        vocabulary_on(TODAY)
    assert refused.value.code == "edition_altered"
