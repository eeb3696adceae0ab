"""Levers: the smallest sets of changes a requester can make that lead to a better outcome."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.rows import RuleRow
from tests.factories.engine import NEVER_TRUE, determined, exception_rule, rule

Sets = list[tuple[dict[str, object], str]]


def lever(sets: str, to: object, text: str = "Do it") -> dict[str, object]:
    return {"text": text, "sets": sets, "to": to}


def levers(*rules: RuleRow, changes: Mapping[str, object] | None = None) -> Sets:
    answer = determined(changes, *rules).exposures[0].regimes[0]
    return [(found.as_dict()["set"], found.outcome) for found in answer.levers]  # type: ignore[misc]


APPLIED = {"is": ["activity.nature", "applied"]}
SHOWN = {"is": ["exposure.release.how", "disclosure"]}
UNPUBLISHED = {"is": ["exposure.item.published", False]}
TO_SERVICE = lever("activity.nature", "service")
TO_OPERATION = lever("exposure.release.how", "operation")
TO_PUBLISHED = lever("exposure.item.published", True)
TO_STUDENT = lever("exposure.person.employment", "student")


def test_a_change_that_leads_to_a_better_outcome_is_a_lever() -> None:
    assert levers(rule(when=APPLIED, lever=TO_SERVICE)) == [
        ({"activity.nature": "service"}, "no_licence_required")
    ]


def test_a_lever_names_the_thing_release_or_person_of_the_exposure() -> None:
    rules = (
        rule("a", when=SHOWN, lever=TO_OPERATION),
        rule("b", when=UNPUBLISHED, outcome="prohibited", lever=TO_PUBLISHED),
        rule("c", when={"is": ["exposure.person.employment", "visitor"]}, lever=TO_STUDENT),
    )
    (whole,) = [found for found in levers(*rules) if len(found[0]) == 3]
    assert whole == (
        {
            "releases.r1.how": "operation",
            "items.thing.published": True,
            "people.lin.employment": "student",
        },
        "no_licence_required",
    )


def test_a_set_stands_only_if_no_part_of_it_leads_as_far() -> None:
    rules = (
        rule("a", when={"all": [APPLIED, SHOWN]}, lever=TO_SERVICE),
        rule("b", when={"is": ["activity.nature", "education"]}, lever=TO_OPERATION),
    )
    assert levers(*rules) == [
        ({"activity.nature": "service"}, "no_licence_required"),
        ({"releases.r1.how": "operation"}, "no_licence_required"),
    ]
    both = (
        rule("a", when=APPLIED, lever=TO_SERVICE),
        rule("b", when=SHOWN, outcome="prohibited", lever=TO_OPERATION),
    )
    assert levers(*both) == [
        ({"releases.r1.how": "operation"}, "licence_required"),
        ({"activity.nature": "service", "releases.r1.how": "operation"}, "no_licence_required"),
    ]


def test_two_values_of_one_fact_are_two_sets() -> None:
    rules = (
        rule("a", when=APPLIED, lever=TO_SERVICE),
        rule("b", when=APPLIED, lever=lever("activity.nature", "education")),
        rule("c", when=APPLIED, lever=TO_SERVICE),
    )
    assert [found[0] for found in levers(*rules)] == [
        {"activity.nature": "service"},
        {"activity.nature": "education"},
    ]


def test_a_signed_paper_may_be_what_opens_an_exception() -> None:
    signed = {"is": ["papers.nda.signed", True]}
    lifts = exception_rule(
        when=signed, overcomes=["a"], lever=lever("papers.nda.signed", True, "Sign it")
    )
    found = determined(None, rule("a"), lifts).exposures[0].regimes[0].levers
    assert [one.as_dict() for one in found] == [
        {"set": {"papers.nda.signed": True}, "outcome": "exception:ONE", "text": "Sign it"}
    ]


def test_an_open_outcome_is_bettered_by_any_known_one() -> None:
    visit = {"is": ["activity.kind", "visit"]}
    assert levers(rule(when=visit, lever=lever("activity.kind", "visit"))) == [
        ({"activity.kind": "visit"}, "licence_required")
    ]


@pytest.mark.parametrize(
    "rules",
    [
        (rule(when=NEVER_TRUE, lever=TO_SERVICE),),
        (rule(lever=lever("papers.nda.signed", True)),),
        (rule(when=APPLIED, lever=lever("activity.nature", "applied")),),
        (rule(),),
    ],
)
def test_without_a_better_outcome_there_is_no_lever(rules: tuple[RuleRow, ...]) -> None:
    assert levers(*rules) == []


def test_a_lever_on_a_person_is_none_for_an_organisation() -> None:
    person = rule(when=APPLIED, lever=TO_STUDENT)
    assert levers(person, changes={"releases.r1.who": "home"}) == []
