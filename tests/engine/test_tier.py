"""The tier of a case: by its outcomes, its hits and what is to be confirmed, never by a country."""

from __future__ import annotations

import pytest

from apps.engine.facts.tree import Fact, Facts
from apps.engine.facts.types import UNKNOWN_VALUE
from apps.engine.tier import tier_of

NOBODY = Facts()


def listed(*hits: object) -> Facts:
    return Facts(
        people={"lin": {}},
        organisations={"home": {"hits": Fact(hits)}},
    )


def tier(outcomes: list[str], facts: Facts = NOBODY, *, to_confirm: bool = False) -> str:
    return tier_of(outcomes, facts, to_confirm=lambda: to_confirm)


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (["excluded", "no_licence_required"], "T1"),
        (["no_licence_required", "needs_information"], "T2"),
        (["undetermined"], "T2"),
        ([], "T2"),
        (["needs_information", "exception:TSR"], "T3"),
        (["authorised:L-7"], "T3"),
        (["needs_information", "licence_required"], "T4"),
        (["prohibited"], "T4"),
    ],
)
def test_outcomes_give_the_tier(outcomes: list[str], told: str) -> None:
    assert tier(outcomes) == told


@pytest.mark.parametrize(
    ("state", "told"), [("confirmed", "T4"), ("open", "T2"), ("dismissed", "T1")]
)
def test_a_hit_lifts_until_it_is_dismissed(state: str, told: str) -> None:
    assert tier(["excluded"], listed({"list": "XA", "party": "x", "state": state})) == told


def test_a_hit_that_is_not_known_is_looked_at() -> None:
    assert tier(["excluded"], listed(UNKNOWN_VALUE)) == "T2"


def test_law_to_be_confirmed_is_looked_at_and_lifts_no_higher() -> None:
    assert tier(["excluded"], to_confirm=True) == "T2"
    assert tier(["exception:TSR"], to_confirm=True) == "T3"
