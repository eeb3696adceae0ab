"""How a request ends without a decision: withdrawn, discarded, lapsed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.cases.domain.questions import open_pause
from apps.cases.models import Case
from apps.engine.refusal import Refusal
from apps.jobs.domain.run import run_due_jobs
from apps.jobs.models import Job
from apps.notices.models import Notice
from apps.routing.models import Assignment
from apps.workflow.domain.case.ask import ask_requester, suggested_questions
from apps.workflow.domain.case.lapse import WARN_JOB, lapse_case
from apps.workflow.domain.case.reexamine import reexamine_case
from apps.workflow.domain.case.withdraw import discard_case, withdraw_case
from tests.factories.workflow import FREE, NOON, House, draft, house, in_review, submitted

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2026, 12, 21, 23, tzinfo=UTC)
DAY_AFTER = datetime(2026, 12, 22, 1, tzinfo=UTC)


def _asked(home: House) -> Case:
    case = submitted(home, None)
    return ask_requester(
        case,
        questions=suggested_questions(case),
        by=home.triage,
        version=case.version,
        at=NOON,
    )


def test_a_draft_is_discarded_and_stays_so() -> None:
    home = house()
    case = draft(home)
    discard_case(case, by=case.owner, version=case.version, at=NOON)
    assert case.status == "discarded"
    with pytest.raises(Refusal) as refused:
        discard_case(case, by=case.owner, version=case.version, at=NOON)
    assert refused.value.code == "not_from_here"


def test_a_request_is_withdrawn_while_questions_wait() -> None:
    case = _asked(house())
    withdraw_case(case, by=case.owner, version=case.version, at=NOON, reason="Another host.")
    assert (case.status, case.due_on) == ("withdrawn", None)
    assert open_pause(case) is None
    assert not Assignment.objects.filter(case=case, until__isnull=True).exists()


def test_an_officer_does_not_withdraw_for_the_requester() -> None:
    home = house()
    case = in_review(home, FREE)
    with pytest.raises(Refusal) as refused:
        withdraw_case(case, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "not_entitled"


def test_silence_lapses_after_the_last_day_and_not_on_it() -> None:
    case = _asked(house())
    with pytest.raises(Refusal) as refused:
        lapse_case(case, version=case.version, at=LAST_DAY)
    assert refused.value.code == "unmet_time_passed"
    lapse_case(case, version=case.version, at=DAY_AFTER)
    assert case.status == "lapsed"
    assert open_pause(case) is None


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_question_lets_the_case_lapse_by_the_clock() -> None:
    case = _asked(house())
    run_due_jobs(at=LAST_DAY)
    assert Case.objects.get(pk=case.pk).status == "awaiting_requester"
    run_due_jobs(at=DAY_AFTER)
    assert Case.objects.get(pk=case.pk).status == "lapsed"


@pytest.mark.django_db(transaction=True)
def test_the_requester_is_warned_three_times_before_the_last_day() -> None:
    case = _asked(house())
    for week in (1, 2, 3):
        run_due_jobs(at=NOON + timedelta(weeks=week))
    run_due_jobs(at=LAST_DAY)
    warned = Notice.objects.filter(event="case.warn").order_by("pk")
    assert [notice.to for notice in warned] == [case.owner] * 3
    assert warned[0].subject == f"{case.reference}: an answer is needed by 21 December 2026"
    waiting = Job.objects.filter(kind=WARN_JOB).order_by("not_before")
    assert [job.not_before.date() for job in waiting] == [
        date(2026, 11, 30),
        date(2026, 12, 7),
        date(2026, 12, 14),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_second_look_meanwhile_does_not_stop_the_clock_of_the_question() -> None:
    case = _asked(house())
    reexamine_case(case, version=case.version, at=NOON)
    assert case.status == "awaiting_requester"
    run_due_jobs(at=DAY_AFTER)
    assert Case.objects.get(pk=case.pk).status == "lapsed"


@pytest.mark.django_db(transaction=True)
def test_the_job_leaves_a_case_alone_that_went_on_meanwhile() -> None:
    case = _asked(house())
    withdraw_case(case, by=case.owner, version=case.version, at=NOON + timedelta(days=1))
    run_due_jobs(at=DAY_AFTER)
    assert Case.objects.get(pk=case.pk).status == "withdrawn"
