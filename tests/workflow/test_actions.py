"""What pages and machines are offered: each verb with its reason, its input and its choices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Decision, Verb
from apps.workflow.domain.actions import Action, actions_for
from apps.workflow.domain.case.reexamine import reexamine_case
from tests.factories.accounts import PersonFactory
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    LICENCE,
    LISTED,
    NOON,
    TODAY,
    draft,
    house,
    in_review,
    recommended,
    submitted,
)

pytestmark = pytest.mark.django_db


def offered(user: User, case: Case) -> dict[Verb, Action]:
    return {action.verb: action for action in actions_for(user, case, on=TODAY)}


def allowed(user: User, case: Case) -> list[Verb]:
    return [verb for verb, action in offered(user, case).items() if action.allowed]


def test_a_requester_submits_or_discards_a_draft() -> None:
    case = draft(house())
    assert allowed(case.owner, case) == [Verb.SUBMIT, Verb.DISCARD]


def test_an_empty_draft_says_what_is_missing() -> None:
    case = draft(house(), {})
    action = offered(case.owner, case)[Verb.SUBMIT]
    assert (action.allowed, action.reason, action.code) == (
        False,
        "It does not say yet who would receive what.",
        "unmet_something_to_screen",
    )


def test_a_plain_case_can_be_approved_at_triage() -> None:
    home = house()
    case = submitted(home, FREE)
    assert allowed(home.triage, case) == [Verb.ADJUDICATE, Verb.ASK, Verb.APPROVE]
    assert offered(home.triage, case)[Verb.APPROVE].needs == ("reason", "until")


@pytest.mark.parametrize(
    ("country", "reason"),
    [
        (EXCEPTION, "Its conditions are open: approve it with conditions. Tier T3 needs a review."),
        (
            LICENCE,
            (
                "A licence is required and none is on file: refer it, or make it a condition."
                " Tier T4 needs a review."
            ),
        ),
        (
            None,
            (
                "1 answer is waiting for a fact: ask first."
                " Tier T2 needs a review. 1 answer is still open."
            ),
        ),
    ],
)
def test_what_stands_in_the_way_is_said(country: str | None, reason: str) -> None:
    home = house()
    case = submitted(home, country)
    assert offered(home.triage, case)[Verb.APPROVE].reason == reason


def test_in_review_each_outcome_is_offered_or_explained() -> None:
    home = house()
    case = in_review(home, LICENCE)
    decide = offered(home.reviewer, case)[Verb.DECIDE]
    assert {choice.outcome: choice.allowed for choice in decide.choices} == {
        Decision.APPROVE: False,
        Decision.APPROVE_WITH_CONDITIONS: False,
        Decision.REFUSE: False,
        Decision.REFER: True,
    }
    advise = offered(home.reviewer, case)[Verb.RECOMMEND]
    assert {choice.outcome: choice.allowed for choice in advise.choices} == {
        Decision.APPROVE: False,
        Decision.APPROVE_WITH_CONDITIONS: True,
        Decision.REFUSE: True,
        Decision.REFER: True,
    }


def test_an_open_hit_leaves_only_what_needs_no_clean_case() -> None:
    home = house()
    case = in_review(home, FREE, **{"people.visitor.name": LISTED})
    decide = offered(home.reviewer, case)[Verb.DECIDE]
    assert [choice.outcome for choice in decide.choices if choice.allowed] == [Decision.REFER]


def test_the_author_is_told_why_somebody_else_signs() -> None:
    home = house()
    case = recommended(home)
    action = offered(home.reviewer, case)[Verb.COUNTERSIGN]
    assert (action.allowed, action.reason, action.code) == (
        False,
        "Whoever wrote the recommendation may not countersign.",
        "conflicted",
    )
    assert allowed(home.official, case) == [Verb.COUNTERSIGN, Verb.RETURN]


def test_tier_four_is_offered_to_the_empowered_official_only() -> None:
    home = house()
    case = recommended(home, LICENCE)
    assert Verb.COUNTERSIGN in allowed(home.official, case)
    assert offered(home.second, case)[Verb.COUNTERSIGN].code == "unmet_empowered_signs"


def test_a_recommendation_that_no_longer_stands_is_not_offered_for_signature() -> None:
    home = house()
    case = recommended(home)
    reexamine_case(case, version=case.version, at=NOON + timedelta(days=1))
    action = offered(home.official, case)[Verb.COUNTERSIGN]
    assert action.code == "unmet_recommendation_stands"


def test_nothing_is_allowed_to_a_stranger_and_nothing_is_left_unsaid() -> None:
    home = house()
    case = recommended(home)
    stranger = PersonFactory.create(institution=home.institution)
    found = actions_for(stranger, case, on=TODAY)
    assert [action.allowed for action in found] == [False] * len(found)
    assert {action.code for action in found} == {"not_entitled"}
    assert all(action.reason for action in found)


def test_actions_cost_a_fixed_number_of_queries() -> None:
    home = house()
    case = in_review(home)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actions_for(home.reviewer, case, on=TODAY)
    assert len(asked) == 11
