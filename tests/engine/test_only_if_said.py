"""What counts only where somebody says so: red flags, who gets it next, licences, open meetings."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.facts.registry import REGISTRY
from apps.engine.truth import FALSE, TRUE, UNKNOWN
from tests.factories.engine import seen

FLAG = {"any_of": {"of": "activity.red_flags", "where": {"not": {"is": ["value", "none"]}}}}
NEXT = {"hit": {"of": "exposure.onward", "lists": ["XA-LIST"]}}


def test_those_facts_are_few() -> None:
    assert {spec.pattern for spec in REGISTRY if spec.only_if_said} == {
        "activity.informed_by_authority",
        "activity.onward",
        "activity.red_flags",
        "organisations.*.approved_under",
        "papers.*.refused",
        "releases.*.meeting",
    }


@pytest.mark.parametrize(("said", "truth"), [(["odd payment"], TRUE), ([], FALSE)])
def test_a_red_flag_counts_if_it_is_named(said: list[str], truth: int) -> None:
    assert seen(FLAG, {"activity.red_flags": said}).truth == truth


def test_nobody_needs_to_say_that_there_is_none() -> None:
    assert seen(FLAG).truth == FALSE
    assert seen({"is": ["activity.informed_by_authority", True]}).truth == FALSE
    assert seen(NEXT).truth == FALSE


def onward(*steps: object, **facts: object) -> Mapping[str, object]:
    return {"activity.onward": list(steps), **facts}


def test_who_gets_it_next_is_looked_up_like_any_party() -> None:
    hit = {"list": "XA-LIST", "party": "home", "state": "confirmed"}
    to_home = {"organisation": "home", "country": "XC"}
    listed = {"organisations.home.hits": [hit]}
    assert seen(NEXT, onward(to_home, **listed)).truth == TRUE
    assert seen(NEXT, onward(to_home)).truth == FALSE
    assert seen(NEXT, onward({"country": "XC"}, **listed)).missing == ("activity.onward",)


def test_a_hit_of_it_that_is_not_settled_is_asked_for() -> None:
    found = seen(
        NEXT,
        {
            "activity.onward": [{"organisation": "home"}],
            "organisations.home.hits": ["unknown"],
        },
    )
    assert (found.truth, found.missing) == (UNKNOWN, ("organisations.home.hits",))
