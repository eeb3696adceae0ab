"""Reads off the rows of a case what the guards may look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from apps.accounts.domain.queries import roles_of
from apps.accounts.models import User
from apps.cases.domain.conditions import unmet_conditions
from apps.cases.domain.questions import open_questions
from apps.cases.models import Case
from apps.engine.guards import Situation
from apps.engine.lifecycle import Decision, Role
from apps.screening.domain.hits import open_hits
from apps.screening.domain.queries import latest_determination
from apps.screening.models import Recommendation


def situation_of(
    case: Case, *, on: date, decision: Decision | None = None, until: date | None = None
) -> Situation:
    """The case as its latest determination, its list hits, questions and conditions leave it."""
    asked = len(open_questions(case))
    plain = Situation(
        on=on,
        decision=decision,
        until=until or case.approved_until,
        tier=case.tier,
        outcome=case.outcome,
        open_hits=open_hits(case),
        asked=asked,
        unanswered=asked,
        unmet_conditions=unmet_conditions(case),
        due_on=case.due_on,
        ends_on=case.approved_until,
    )
    last = latest_determination(case)
    if last is None:
        return plain
    return replace(
        plain,
        tier=last.tier,
        outcome=last.outcome,
        open_regimes=last.open,
        open_questions=last.open_questions,
        open_conditions=last.open_conditions,
        to_confirm=last.to_confirm,
        lists_complete=last.lists_complete,
    )


def under_signature(
    situation: Situation, recommendation: Recommendation, *, signer: User, on: date
) -> Situation:
    """The same, with what a countersignature looks at: does it stand, and who are the two."""
    case = recommendation.case
    last = latest_determination(case)
    pair = (recommendation.author, signer)
    return replace(
        situation,
        decision=Decision(recommendation.outcome),
        until=recommendation.until,
        signers=len({person.pk for person in pair}),
        recommendation_stands=last is not None
        and last.digest == recommendation.determination.digest,
        empowered_among_signers=any(_is_empowered(person, case, on=on) for person in pair),
    )


def _is_empowered(person: User, case: Case, *, on: date) -> bool:
    return (Role.EMPOWERED_OFFICIAL, case.office_id) in roles_of(person, on=on)
