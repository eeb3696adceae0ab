"""What is hashed has one spelling, and reads back from both databases as it was written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.audit.domain.canon import Json, canonical, digest, instant, plain
from apps.engine.refusal import Refusal

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
leaves = st.none() | st.booleans() | st.integers() | words
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=12
)


@given(values)
def test_a_plain_value_stays_as_it_is_and_survives_json(value: Json) -> None:
    assert plain(value) == value
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(words, leaves, min_size=2))
def test_the_order_of_keys_does_not_change_the_digest(value: dict[str, Json]) -> None:
    assert digest(dict(reversed(value.items()))) == digest(value)


def test_a_digest_is_the_sha256_of_the_canonical_text() -> None:
    assert canonical({"b": ["é", 1], "a": None}) == '{"a":null,"b":["é",1]}'
    assert digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_an_instant_is_told_in_utc_with_microseconds() -> None:
    noon_in_tokyo = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=9)))
    assert instant(noon_in_tokyo) == "2026-11-22T03:00:00.000000+00:00"


class Tier(StrEnum):
    T1 = "T1"


class Count(Enum):
    TWO = 2


def test_dates_decimals_and_enumerations_become_what_json_can_hold() -> None:
    value = {
        "on": date(2026, 11, 22),
        "at": datetime(2026, 11, 22, tzinfo=UTC),
        "share": Decimal("0.50"),
        "id": UUID(int=7),
        "tier": Tier.T1,
        "signers": Count.TWO,
        "pair": ("a", 1),
    }
    assert plain(value) == {
        "on": "2026-11-22",
        "at": "2026-11-22T00:00:00.000000+00:00",
        "share": "0.50",
        "id": "00000000-0000-0000-0000-000000000007",
        "tier": "T1",
        "signers": 2,
        "pair": ["a", 1],
    }


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"share": 0.5}, "payload.share"),
        ({"people": {"li"}}, "payload.people"),
        ({"at": [datetime(2026, 11, 22)]}, "payload.at[0]"),  # noqa: DTZ001  the refused one
        ({"name": "a\0b"}, "payload.name"),
        ({"name": "\ud800"}, "payload.name"),
        ({7: "seven"}, "payload"),
        ({"a": {"\0": 1}}, "payload.a"),
    ],
)
def test_what_json_cannot_hold_exactly_is_refused(value: object, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        plain(value)
    assert (refused.value.code, refused.value.where) == ("payload_not_plain", where)
