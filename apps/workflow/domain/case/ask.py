"""The office asks the requester: the case pauses until every question is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.accounts.models import User
from apps.cases.domain.questions import NewQuestion, ask_questions
from apps.cases.models import Case
from apps.engine.lifecycle import Verb
from apps.routing.domain.deadlines import reply_due
from apps.rulebook.domain.editions import in_force
from apps.screening.domain.queries import latest_determination
from apps.screening.domain.replay import recompute
from apps.workflow.domain.case.lapse import watch_silence
from apps.workflow.domain.transition import admit, move, whole

IN_WORDS = "in words"


@whole
def ask_requester(
    case: Case, *, questions: Sequence[NewQuestion], by: User, version: int, at: datetime
) -> Case:
    """Put questions to the requester and pause the case; the requester is told.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`; Refusals
    `no_question`, `too_short`, `unknown_fact`, `asked_twice`.
    """
    turn = admit(case, Verb.ASK, by=by, version=version, at=at)
    pause = ask_questions(case, questions, by=by, at=at)
    due_on = reply_due(in_force(at.date()), on=at.date())
    move(
        turn,
        told={"questions": [question.fact or IN_WORDS for question in questions]},
        due_on=due_on,
    )
    watch_silence(case, pause, due_on=due_on, at=at)
    return case


def suggested_questions(case: Case) -> tuple[NewQuestion, ...]:
    """What the latest determination would ask the requester, best first."""
    last = latest_determination(case)
    if last is None:
        return ()
    return tuple(
        NewQuestion(text=question.ask, fact=question.fact, why=question.why)
        for question in recompute(last).questions
        if question.asked_of == "requester"
    )
