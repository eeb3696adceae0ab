"""Conditions that look at the organisations an activity names: who pays, who gets it next."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.truth import FALSE, TRUE, UNKNOWN
from tests.factories.engine import leaf, refused, seen

Written = Mapping[str, object]
PAYS: Written = {"activity.funders": [{"organisation": "home", "programme": "ONE"}]}
LISTED: Written = {
    "organisations.home.hits": [{"list": "XA-LIST", "party": "home", "state": "confirmed"}]
}


def hit(of: str) -> Written:
    return {"hit": {"of": of, "lists": ["XA-LIST"]}}


def funder(where: Written) -> Written:
    return {"any_of": {"of": "activity.funders", "where": where}}


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({}, UNKNOWN),
        ({"activity.funders": []}, FALSE),
        (PAYS, FALSE),
        ({**PAYS, **LISTED}, TRUE),
        ({"activity.funders": [{"organisation": "host"}], **LISTED}, FALSE),
        ({"activity.funders": [{"programme": "ONE"}], **LISTED}, UNKNOWN),
        ({"activity.funders": [{"organisation": "stranger"}]}, UNKNOWN),
    ],
)
def test_a_listed_organisation_that_pays(told: Written, answer: int) -> None:
    assert seen(hit("exposure.funders"), told).truth == answer


def test_nobody_gets_it_next_unless_somebody_is_named() -> None:
    onward: Written = {"activity.onward": [{"organisation": "home"}], **LISTED}
    assert seen(hit("exposure.onward")).truth == FALSE
    assert seen(hit("exposure.onward"), onward).truth == TRUE


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ({"is": ["organisation.country", "XC"]}, TRUE),
        ({"is": ["organisation.country", "XA"]}, FALSE),
        ({"in": ["organisation.kind", ["company"]]}, UNKNOWN),
        ({"country_in": ["organisation.country", "XA:B"]}, FALSE),
    ],
)
def test_what_is_known_of_the_organisation_a_member_names(where: Written, answer: int) -> None:
    assert seen(funder(where), PAYS).truth == answer


def test_a_member_that_names_no_organisation_says_nothing_of_one() -> None:
    told = {"activity.funders": [{"programme": "ONE"}]}
    assert seen(funder({"is": ["organisation.country", "XC"]}), told).truth == UNKNOWN


def test_only_country_and_kind_can_be_asked_of_it() -> None:
    assert refused(funder({"is": ["organisation.name", "Home"]})) != []


def test_the_fact_behind_it_is_named() -> None:
    read = leaf(funder({"is": ["organisation.country", "XC"]})).patterns
    assert read == {"activity.funders", "organisations.*.country"}
