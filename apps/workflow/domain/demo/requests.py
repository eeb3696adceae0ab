"""Takes the requests of the demo through their lives, step by step, by the verbs people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from apps.accounts.models import User
from apps.cases.domain.intake import describe_case, open_draft, save_facts
from apps.cases.domain.questions import NewQuestion
from apps.cases.enums import CaseKind
from apps.cases.models import Case
from apps.engine.lifecycle import Decision
from apps.engine.refusal import Refusal
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.ask import ask_requester
from apps.workflow.domain.case.countersign import countersign
from apps.workflow.domain.case.decide import approve_case, decide_case
from apps.workflow.domain.case.recommend import recommend
from apps.workflow.domain.case.submit import submit_case
from apps.workflow.domain.case.take import take_case
from apps.workflow.domain.case.withdraw import withdraw_case
from apps.workflow.domain.demo.script import DemoRequest, Step, dated

MINUTES_APART: Final = 5
Deed = Callable[[Case, Step, User, datetime], Case]


def play(request: DemoRequest, *, people: Mapping[str, User], at: datetime) -> Case:
    """Open a request, answer it and take every step of it; `at` is the instant of loading.

    Raises Refusal `unknown_step`, and whatever a verb refuses.
    """
    opened = at - timedelta(days=request.days_ago, hours=1)
    by = people[request.opened_by]
    case = open_draft(kind=CaseKind.VISIT, owner=people[request.owner], by=by, at=opened)
    describe_case(
        case,
        title=request.title,
        summary=request.summary,
        by=by,
        version=case.version,
        at=opened,
    )
    facts = {path: dated(value, at.date()) for path, value in request.facts.items()}
    save_facts(case, facts, by=by, version=case.version, at=opened, source="answer of the host")
    for number, step in enumerate(request.steps):
        moment = at - timedelta(days=step.days_ago) + timedelta(minutes=MINUTES_APART * number)
        take_step(case, step, by=people[step.by], at=min(moment, at), today=at.date())
    return case


def take_step(case: Case, step: Step, *, by: User, at: datetime, today: date) -> Case:
    """One deed on a case, with the days in its words made real."""
    deed = _DEEDS.get(step.do)
    if deed is None:
        raise Refusal("unknown_step", "No verb has this name.", "do", found=step.do)
    said = {word: str(dated(text, today)) for word, text in step.said.items()}
    return deed(case, Step(step.do, step.by, step.days_ago, said, step.questions), by, at)


def _ruling(step: Step) -> Ruling:
    return Ruling(
        outcome=Decision(step.said["decision"]),
        reason=step.said["reason"],
        until=_day(step.said.get("until")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ask(case: Case, step: Step, by: User, at: datetime) -> Case:
    questions = [NewQuestion(text=text, fact=fact, why=why) for fact, text, why in step.questions]
    return ask_requester(case, questions=questions, by=by, version=case.version, at=at)


def _approve(case: Case, step: Step, by: User, at: datetime) -> Case:
    until, reason = _day(step.said.get("until")), step.said["reason"]
    return approve_case(case, reason=reason, until=until, by=by, version=case.version, at=at)


_DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "submit": lambda case, _, by, at: submit_case(case, by=by, version=case.version, at=at),
        "take": lambda case, _, by, at: take_case(case, by=by, version=case.version, at=at),
        "ask": _ask,
        "approve": _approve,
        "recommend": lambda case, step, by, at: recommend(
            case, _ruling(step), by=by, version=case.version, at=at
        ),
        "decide": lambda case, step, by, at: decide_case(
            case, _ruling(step), by=by, version=case.version, at=at
        ),
        "countersign": lambda case, step, by, at: countersign(
            case, by=by, version=case.version, at=at, text=step.said.get("text", "")
        ),
        "withdraw": lambda case, step, by, at: withdraw_case(
            case, by=by, version=case.version, at=at, reason=step.said.get("reason", "")
        ),
    }
)
