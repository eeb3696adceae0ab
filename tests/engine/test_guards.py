"""The guards of a case's life: what each lets through, and the sentence with which it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.engine.guards import GUARDS, Situation, two_needed, unmet
from apps.engine.lifecycle import Decision, Guard

ON = date(2026, 11, 22)
LATER, BEFORE = ON + timedelta(days=1), ON - timedelta(days=1)
CLEAN = Situation(
    on=ON,
    decision=Decision.APPROVE,
    until=date(2027, 5, 31),
    tier="T1",
    outcome="no_licence_required",
    releases=1,
    lists_complete=True,
    clearing_is_on=True,
    asked=1,
    recommendation_stands=True,
    empowered_among_signers=True,
    signers=2,
    due_on=BEFORE,
    ends_on=BEFORE,
    appeal_until=ON,
)


def test_every_guard_of_the_table_has_its_test() -> None:
    assert set(GUARDS) == set(Guard)


@pytest.mark.parametrize("guard", Guard)
def test_a_clean_case_passes_every_guard(guard: Guard) -> None:
    assert GUARDS[guard](CLEAN) == ""


@pytest.mark.parametrize(
    ("guard", "change", "why"),
    [
        (Guard.SOMETHING_TO_SCREEN, {"releases": 0}, "It does not say yet who would receive what."),
        (
            Guard.SCREENING_COMPLETE,
            {"lists_complete": False},
            "The list check is incomplete, so nothing can be approved.",
        ),
        (
            Guard.POLICY_ALLOWS_CLEARING,
            {"clearing_is_on": False},
            "The office has not switched on clearing without review.",
        ),
        (
            Guard.POLICY_ALLOWS_CLEARING,
            {"to_confirm": 1},
            "It rests on law or data that is to be confirmed.",
        ),
        (Guard.LOW_TIER, {"tier": "T2"}, "Tier T2 needs a review."),
        (Guard.LOW_TIER, {"tier": ""}, "Tier unknown needs a review."),
        (Guard.NOTHING_OPEN, {"open_regimes": 1}, "1 answer is still open."),
        (Guard.NOTHING_OPEN, {"open_regimes": 3}, "3 answers are still open."),
        (Guard.HITS_SETTLED, {"open_hits": 2}, "2 list hits are still to be settled."),
        (Guard.OPEN_QUESTION, {"asked": 0}, "A pause needs at least one question."),
        (Guard.ALL_ANSWERED, {"unanswered": 1}, "1 question is still unanswered."),
        (
            Guard.APPROVAL_POSSIBLE,
            {"outcome": "prohibited"},
            "The law leaves no room for an approval here: refuse it or refer it.",
        ),
        (
            Guard.APPROVAL_POSSIBLE,
            {"open_questions": 1},
            "1 answer is waiting for a fact: ask first.",
        ),
        (
            Guard.APPROVAL_POSSIBLE,
            {"until": None},
            "An approval needs a last day, later than today.",
        ),
        (Guard.APPROVAL_POSSIBLE, {"until": ON}, "An approval needs a last day, later than today."),
        (
            Guard.APPROVAL_POSSIBLE,
            {"outcome": "licence_required"},
            "A licence is required and none is on file: refer it, or make it a condition.",
        ),
        (
            Guard.APPROVAL_POSSIBLE,
            {"open_conditions": 1},
            "Its conditions are open: approve it with conditions.",
        ),
        (
            Guard.ONE_REVIEWER_ENOUGH,
            {"tier": "T3"},
            "Tier T3 needs two people: recommend it for countersignature.",
        ),
        (
            Guard.RECOMMENDATION_STANDS,
            {"recommendation_stands": False},
            "The recommendation rests on an earlier determination: return it to review.",
        ),
        (
            Guard.EMPOWERED_SIGNS,
            {"tier": "T4", "empowered_among_signers": False},
            "An empowered official must be one of the two who sign.",
        ),
        (Guard.ALL_CONDITIONS_MET, {"unmet_conditions": 1}, "1 condition is still to be met."),
        (Guard.TIME_PASSED, {"due_on": ON}, "Its time is not over."),
        (Guard.TIME_PASSED, {"due_on": None}, "Its time is not over."),
        (Guard.END_REACHED, {"ends_on": ON}, "It has not ended yet."),
        (Guard.END_REACHED, {"ends_on": None}, "It has not ended yet."),
        (Guard.APPEAL_IN_TIME, {"appeal_until": BEFORE}, "The time for an appeal is over."),
        (Guard.APPEAL_IN_TIME, {"appeal_until": None}, "The time for an appeal is over."),
        (Guard.TWO_PEOPLE, {"signers": 1}, "This needs two people."),
    ],
)
def test_a_guard_says_why_it_stands_in_the_way(
    guard: Guard, change: dict[str, object], why: str
) -> None:
    case = replace(CLEAN, **change)  # type: ignore[arg-type]  # the table names fields of Situation
    assert GUARDS[guard](case) == why
    assert unmet((Guard.RECOMMENDATION_STANDS, guard), case)[-1] == (guard, why)


@pytest.mark.parametrize("decision", [Decision.REFUSE, Decision.REFER])
def test_refusing_and_referring_need_no_clean_case(decision: Decision) -> None:
    worst = replace(
        CLEAN,
        decision=decision,
        outcome="prohibited",
        lists_complete=False,
        open_hits=3,
        until=None,
    )
    approving = (Guard.SCREENING_COMPLETE, Guard.HITS_SETTLED, Guard.APPROVAL_POSSIBLE)
    assert unmet(approving, worst) == ()


@pytest.mark.parametrize(
    ("outcome", "open_conditions"), [("licence_required", 0), ("exception:ANY", 2)]
)
def test_an_approval_with_conditions_may_wait_for_a_licence_or_a_paper(
    outcome: str, open_conditions: int
) -> None:
    case = replace(
        CLEAN,
        decision=Decision.APPROVE_WITH_CONDITIONS,
        outcome=outcome,
        open_conditions=open_conditions,
    )
    assert GUARDS[Guard.APPROVAL_POSSIBLE](case) == ""


@pytest.mark.parametrize("outcome", ["policy_of_denial", "prohibited"])
def test_conditions_cannot_lift_a_bar(outcome: str) -> None:
    case = replace(CLEAN, decision=Decision.APPROVE_WITH_CONDITIONS, outcome=outcome)
    assert GUARDS[Guard.APPROVAL_POSSIBLE](case) != ""


@pytest.mark.parametrize("tier", ["T0", "T1", "T2", "T3", "T4"])
def test_two_people_are_needed_from_tier_three_and_for_every_refusal(tier: str) -> None:
    assert two_needed(tier, Decision.APPROVE) is (tier in {"T3", "T4"})
    assert two_needed(tier, Decision.REFUSE)
    assert not two_needed(tier, Decision.REFER)


@pytest.mark.parametrize("tier", ["T0", "T4"])
def test_a_refusal_needs_an_empowered_official_at_every_tier(tier: str) -> None:
    case = replace(CLEAN, decision=Decision.REFUSE, tier=tier, empowered_among_signers=False)
    assert GUARDS[Guard.EMPOWERED_SIGNS](case) != ""
    assert GUARDS[Guard.EMPOWERED_SIGNS](replace(case, empowered_among_signers=True)) == ""
