"""A licence counts where the facts name it, for its holder and for the holder's staff."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.approvals import Held, licence_of, named_outcome
from tests.factories.engine import (
    ABSENT,
    ALWAYS_TRUE,
    chart_rule,
    determined,
    exception_rule,
    exposure,
    rule,
)

HELD: Mapping[str, object] = {"organisations.home.approved_under": ["D1"]}
TO_HOME: Mapping[str, object] = {"releases.r1.who": "home"}  # the organisation receives it
LIMITED: Mapping[str, object] = {
    "organisations.home.approved_under": [{"number": "D2", "nationals": ["XB", "XC"]}]
}


def held(*changes: Mapping[str, object]) -> Held:
    told: dict[str, object] = {}
    for change in changes:
        told.update(change)
    return licence_of(exposure(told))


@pytest.mark.parametrize(
    ("approvals", "number"),
    [
        (["D1", "D2"], "D1"),
        ([{"number": "D2", "nationals": ["XB"]}], "D2"),
        ([{"number": "D3"}], "D3"),
        ([{"nationals": ["XC"]}, "D4"], "D4"),
        (["unknown", "D5"], "D5"),
        ([], None),
        (ABSENT, None),
    ],
)
def test_an_organisation_receives_under_the_first_licence_it_holds(
    approvals: object, number: str | None
) -> None:
    assert held(TO_HOME, {"organisations.home.approved_under": approvals}) == Held(number)


def test_a_person_receives_under_the_licence_of_the_employer() -> None:
    assert held(HELD) == Held("D1")
    assert held(HELD, {"people.lin.employer": ABSENT}) == Held()


def test_a_condition_on_nationalities_lets_in_those_it_names() -> None:
    assert held(LIMITED) == Held("D2")
    assert held(LIMITED, {"people.lin.citizenships": [{"country": "XD"}]}) == Held()


def test_where_it_decides_the_nationality_is_missing() -> None:
    nobody_knows = held(LIMITED, {"people.lin.citizenships": ABSENT})
    assert nobody_knows == Held(None, ("people.lin.citizenships",))
    stateless: Mapping[str, object] = {"people.lin.citizenships": []}
    assert held(LIMITED, stateless) == Held()


def test_of_two_that_may_count_both_or_none_must_be_named() -> None:
    either: Mapping[str, object] = {
        "people.lin.citizenships": [{"country": "XA"}, {"country": "XD"}],
        "people.lin.permanent_residencies": [{"country": "XB"}],
    }
    assert held(LIMITED, either) == Held(None, ("people.lin.citizenships",))
    both = {**either, "people.lin.citizenships": [{"country": "XA"}, {"country": "XC"}]}
    assert held(LIMITED, both) == Held("D2")


def test_an_outcome_names_the_licence_it_rests_on() -> None:
    assert named_outcome("authorised:{licence}", exposure(HELD)) == "authorised:D1"
    assert named_outcome("authorised:{licence}", exposure()) == "authorised:licence"
    assert named_outcome("exception:ONE", exposure(HELD)) == "exception:ONE"


def test_a_rule_may_rest_on_a_licence_and_asks_only_for_what_would_limit_it() -> None:
    licensed = exception_rule(
        "small.licence",
        when={"is": ["exposure.licensed", "yes"]},
        outcome="authorised:{licence}",
    )

    def outcome(*changes: Mapping[str, object]) -> str:
        told = {key: value for change in changes for key, value in change.items()}
        return determined(told, chart_rule(), licensed).outcome

    assert outcome(HELD) == "authorised:D1"
    assert outcome() == "licence_required"
    unnamed = {"people.lin.citizenships": ABSENT}
    open_case = determined({**LIMITED, **unnamed}, rule(when=ALWAYS_TRUE), licensed)
    assert open_case.outcome == "licence_required"  # nothing but the rule itself is overcome by it


def test_the_number_itself_can_be_compared() -> None:
    named = rule(when={"is": ["exposure.licence", "D1"]})
    assert determined(HELD, named).outcome == "licence_required"
    assert determined(None, named).outcome == "no_licence_required"
