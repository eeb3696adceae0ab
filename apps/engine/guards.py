"""The guards of a case's life: named tests on its situation, each answering with a sentence or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from apps.engine.outcomes import DENIAL, LICENCE, PROHIBITED
from apps.engine.stages import Decision, Guard

LOW_TIERS = frozenset({"T0", "T1"})
TWO_REVIEWER_TIERS = frozenset({"T3", "T4"})
EMPOWERED_TIERS = frozenset({"T4"})
NEEDS_LICENCE = frozenset({LICENCE})
BARRED = frozenset({DENIAL, PROHIBITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the guards may look at; every number counts what is still open."""

    on: date
    decision: Decision | None = None
    until: date | None = None
    tier: str = ""
    outcome: str = ""
    releases: int = 0
    open_regimes: int = 0
    open_questions: int = 0
    open_conditions: int = 0
    to_confirm: int = 0
    open_hits: int = 0
    lists_complete: bool = False
    clearing_is_on: bool = False
    asked: int = 0
    unanswered: int = 0
    unmet_conditions: int = 0
    recommendation_stands: bool = False
    empowered_among_signers: bool = False
    signers: int = 0
    due_on: date | None = None
    ends_on: date | None = None
    appeal_until: date | None = None

    @property
    def approves(self) -> bool:
        """Whether the matter is an approval; refusing or referring needs no clean case."""
        return self.decision not in (Decision.REFUSE, Decision.REFER)


def two_needed(tier: str, decision: Decision) -> bool:
    """Whether a decision takes two people: a refusal always, a referral never, else by its tier."""
    if decision is Decision.REFER:
        return False
    return tier in TWO_REVIEWER_TIERS or decision is Decision.REFUSE


def unmet(guards: tuple[Guard, ...], situation: Situation) -> tuple[tuple[Guard, str], ...]:
    """The guards that stand in the way, each with its sentence; empty when the way is free."""
    asked = ((guard, GUARDS[guard](situation)) for guard in guards)
    return tuple((guard, why) for guard, why in asked if why)


def _something_to_screen(case: Situation) -> str:
    return "" if case.releases else "It does not say yet who would receive what."


def _screening_complete(case: Situation) -> str:
    if case.lists_complete or not case.approves:
        return ""
    return "The list check is incomplete, so nothing can be approved."


def _policy_allows_clearing(case: Situation) -> str:
    if not case.clearing_is_on:
        return "The office has not switched on clearing without review."
    return "It rests on law or data that is to be confirmed." if case.to_confirm else ""


def _low_tier(case: Situation) -> str:
    return "" if case.tier in LOW_TIERS else f"Tier {case.tier or 'unknown'} needs a review."


def _nothing_open(case: Situation) -> str:
    return "" if not case.open_regimes else f"{_count(case.open_regimes, 'answer')} still open."


def _hits_settled(case: Situation) -> str:
    if not case.open_hits or not case.approves:
        return ""
    return f"{_count(case.open_hits, 'list hit')} still to be settled."


def _open_question(case: Situation) -> str:
    return "" if case.asked else "A pause needs at least one question."


def _all_answered(case: Situation) -> str:
    return "" if not case.unanswered else f"{_count(case.unanswered, 'question')} still unanswered."


def _approval_possible(case: Situation) -> str:
    """An approval needs an end, no open question, and an outcome that lets it happen."""
    if not case.approves:
        return ""
    if case.outcome in BARRED:
        return "The law leaves no room for an approval here: refuse it or refer it."
    if case.open_questions:
        return f"{_count(case.open_questions, 'answer')} waiting for a fact: ask first."
    if case.until is None or case.until <= case.on:
        return "An approval needs a last day, later than today."
    if case.decision is Decision.APPROVE_WITH_CONDITIONS:
        return ""
    if case.outcome in NEEDS_LICENCE:
        return "A licence is required and none is on file: refer it, or make it a condition."
    return (
        "" if not case.open_conditions else "Its conditions are open: approve it with conditions."
    )


def _one_reviewer_enough(case: Situation) -> str:
    if case.decision is not None and two_needed(case.tier, case.decision):
        return f"Tier {case.tier} needs two people: recommend it for countersignature."
    return ""


def _recommendation_stands(case: Situation) -> str:
    if case.recommendation_stands:
        return ""
    return "The recommendation rests on an earlier determination: return it to review."


def _empowered_signs(case: Situation) -> str:
    needed = case.tier in EMPOWERED_TIERS or case.decision is Decision.REFUSE
    if not needed or case.empowered_among_signers:
        return ""
    return "An empowered official must be one of the two who sign."


def _all_conditions_met(case: Situation) -> str:
    if not case.unmet_conditions:
        return ""
    return f"{_count(case.unmet_conditions, 'condition')} still to be met."


def _time_passed(case: Situation) -> str:
    return "" if case.due_on is not None and case.due_on < case.on else "Its time is not over."


def _end_reached(case: Situation) -> str:
    return "" if case.ends_on is not None and case.ends_on < case.on else "It has not ended yet."


def _appeal_in_time(case: Situation) -> str:
    if case.appeal_until is not None and case.on <= case.appeal_until:
        return ""
    return "The time for an appeal is over."


def _two_people(case: Situation) -> str:
    return "" if case.signers > 1 else "This needs two people."


def _count(number: int, word: str) -> str:
    return f"{number} {word} is" if number == 1 else f"{number} {word}s are"


GUARDS: Mapping[Guard, Callable[[Situation], str]] = MappingProxyType(
    {
        Guard.SOMETHING_TO_SCREEN: _something_to_screen,
        Guard.SCREENING_COMPLETE: _screening_complete,
        Guard.POLICY_ALLOWS_CLEARING: _policy_allows_clearing,
        Guard.LOW_TIER: _low_tier,
        Guard.NOTHING_OPEN: _nothing_open,
        Guard.HITS_SETTLED: _hits_settled,
        Guard.OPEN_QUESTION: _open_question,
        Guard.ALL_ANSWERED: _all_answered,
        Guard.APPROVAL_POSSIBLE: _approval_possible,
        Guard.ONE_REVIEWER_ENOUGH: _one_reviewer_enough,
        Guard.RECOMMENDATION_STANDS: _recommendation_stands,
        Guard.EMPOWERED_SIGNS: _empowered_signs,
        Guard.ALL_CONDITIONS_MET: _all_conditions_met,
        Guard.TIME_PASSED: _time_passed,
        Guard.END_REACHED: _end_reached,
        Guard.APPEAL_IN_TIME: _appeal_in_time,
        Guard.TWO_PEOPLE: _two_people,
    }
)
