"""The requester answers: facts saved, a new determination first, then the case goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from apps.accounts.models import User
from apps.cases.domain.questions import answer_questions, end_pause, open_pause, open_questions
from apps.cases.models import Case
from apps.engine.lifecycle import Status, Verb
from apps.engine.refusal import Refusal
from apps.routing.domain.assign import shift_due
from apps.screening.enums import Cause
from apps.workflow.domain.case.redetermine import redetermine
from apps.workflow.domain.proof import told_of
from apps.workflow.domain.situation import situation_of
from apps.workflow.domain.transition import admit, move, whole


@whole
def answer_question(
    case: Case, *, answers: Mapping[int, object], by: User, version: int, at: datetime
) -> Case:
    """Answer every open question, by its id; typed answers become facts of the case.

    The new determination comes first: stricter than before leads to triage, anything else back to
    the status before the question. Raises Refusal `stale_version`, `not_from_here`,
    `not_entitled`, `unknown_question`, `unmet_all_answered`; Refusals for what cannot be read.
    """
    turn = admit(case, Verb.ANSWER, by=by, version=version, at=at)
    pause = open_pause(case)
    if pause is None:
        raise Refusal("not_paused", "No question is open.")
    asked = [question.fact for question in open_questions(case) if question.pk in answers]
    answer_questions(case, answers, by=by, version=version, at=at)
    situation = situation_of(case, on=at.date())
    new = redetermine(case, cause=Cause.ANSWER, otherwise=Status(pause.status_before), at=at)
    if not situation.unanswered:
        end_pause(case, at=at)
    move(
        turn,
        target=new.target,
        situation=situation,
        told={**told_of(new.made), "facts": sorted(fact for fact in asked if fact)},
        outcome=new.made.outcome,
        tier=new.made.tier,
        due_on=shift_due(case, paused=pause.asked_at.date(), resumed=at.date()),
    )
    return case
