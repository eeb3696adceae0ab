"""Jobs of the room: incomplete checks repeated with growing waits, open cases looked at again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.audit.domain.history import events_of
from apps.cases.domain.questions import NewQuestion, open_questions
from apps.cases.models import Case
from apps.engine.refusal import Refusal
from apps.jobs.domain.run import run_due_jobs
from apps.jobs.models import Job
from apps.screening.models import Determination
from apps.watchlists.models import ListVersion
from apps.workflow.domain.case.answer import answer_question
from apps.workflow.domain.case.ask import ask_requester, suggested_questions
from apps.workflow.domain.case.decide import approve_case
from apps.workflow.domain.case.reexamine import reexamine_case
from apps.workflow.domain.case.screen import RETRY_JOB, wait_before
from tests.factories.workflow import FREE, LISTED, NOON, UNTIL, house, submitted

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def _lists(*, active: bool) -> None:
    ListVersion.objects.update(active=active)


def _now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_waits_double_up_to_a_bound() -> None:
    waits = [wait_before(attempt) / MINUTE for attempt in (0, 1, 2, 3, 40)]
    assert waits == [5, 10, 20, 40, 360]


def test_a_case_rests_only_until_the_lists_can_be_asked_again() -> None:
    home = house()
    _lists(active=False)
    case = submitted(home, FREE)
    run_due_jobs(at=NOON + 4 * MINUTE)
    assert _now(case).status == "screening_incomplete"
    _lists(active=True)
    run_due_jobs(at=NOON + 5 * MINUTE)
    case = _now(case)
    assert (case.status, case.tier, case.office) == ("triage", "T1", home.office)
    verbs = [entry.verb for entry in events_of(f"case:{case.reference}")]
    assert verbs[-4:] == ["submit", "screening_failed", "retry", "screened"]
    assert [row.cause for row in Determination.objects.order_by("number")] == ["submit", "retry"]


def test_a_retry_that_fails_again_waits_longer() -> None:
    home = house()
    _lists(active=False)
    case = submitted(home, FREE)
    run_due_jobs(at=NOON + 5 * MINUTE)
    assert _now(case).status == "screening_incomplete"
    waiting = Job.objects.get(kind=RETRY_JOB, state="queued")
    assert waiting.not_before == NOON + 15 * MINUTE
    assert waiting.payload["attempt"] == 2


def test_a_job_done_twice_has_one_effect() -> None:
    home = house()
    _lists(active=False)
    case = submitted(home, FREE)
    _lists(active=True)
    run_due_jobs(at=NOON + 5 * MINUTE)
    Job.objects.filter(kind=RETRY_JOB).update(state="queued", finished_at=None)
    run_due_jobs(at=NOON + 6 * MINUTE)
    assert _now(case).status == "triage"
    assert Determination.objects.count() == 2


def test_an_answer_without_lists_leads_to_triage_and_is_looked_at_again() -> None:
    home = house()
    case = submitted(home, None)
    ask_requester(
        case,
        questions=suggested_questions(case),
        by=home.triage,
        version=case.version,
        at=NOON,
    )
    _lists(active=False)
    answers = {question.pk: [{"country": FREE}] for question in open_questions(case)}
    answer_question(case, answers=answers, by=case.owner, version=case.version, at=NOON)
    assert case.status == "triage"
    with pytest.raises(Refusal) as refused:
        approve_case(
            case, reason="Plain.", until=UNTIL, by=home.triage, version=case.version, at=NOON
        )
    assert refused.value.code == "unmet_screening_complete"
    _lists(active=True)
    run_due_jobs(at=NOON + 5 * MINUTE)
    case = _now(case)
    assert (case.status, case.tier, case.outcome) == ("triage", "T1", "no_licence_required")
    approve_case(case, reason="Plain.", until=UNTIL, by=home.triage, version=case.version, at=NOON)


def test_a_case_that_came_to_its_end_is_not_looked_at_again() -> None:
    home = house()
    case = submitted(home, FREE)
    approve_case(case, reason="Plain.", until=UNTIL, by=home.triage, version=case.version, at=NOON)
    with pytest.raises(Refusal) as refused:
        reexamine_case(case, version=case.version, at=NOON)
    assert refused.value.code == "not_from_here"
    assert Determination.objects.count() == 1


def test_a_stricter_second_look_drops_open_questions_and_returns_to_triage() -> None:
    home = house()
    case = submitted(home, FREE, **{"people.visitor.name": LISTED})
    ask_requester(
        case,
        questions=[NewQuestion("Who pays?")],
        by=home.triage,
        version=case.version,
        at=NOON,
    )
    _lists(active=False)
    reexamine_case(case, version=case.version, at=NOON)
    assert case.status == "triage"
    assert open_questions(case) == []
