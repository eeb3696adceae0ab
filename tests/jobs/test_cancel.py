"""A job can be stopped and taken up again; what was done stays done, and the page says how far."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest

from apps.engine.refusal import Refusal
from apps.jobs.domain.cancel import cancel_job, resume_job
from apps.jobs.domain.kinds import Running, Step, handles_in_steps, handles_outside
from apps.jobs.domain.progress import Progress, progress_of
from apps.jobs.domain.run import run_due_jobs
from apps.jobs.models import Job
from apps.jobs.states import State
from tests.factories.jobs import NOON, note, noted, queued


@handles_in_steps("tests.long")
def stop_on_the_way(job: Running) -> Generator[Step, None, None]:
    """Somebody asks to cancel during the second row, the first time."""
    for row in range(job.done + 1, 4):
        note(job)
        if row == 2:
            cancel_job(job.key, at=job.at)
        yield Step(row, 3)


@handles_outside("tests.hopeless")
def cancelled_and_broken(job: Running) -> None:
    """Somebody asks to cancel while the work goes wrong."""
    cancel_job(job.key, at=job.at)
    raise RuntimeError("the other side hung up")


@pytest.mark.django_db
def test_a_queued_job_is_cancelled_at_once_and_can_be_resumed() -> None:
    queued()
    assert cancel_job("note:1", at=NOON).state == State.CANCELLED
    assert run_due_jobs(at=NOON) == 0
    resume_job("note:1", at=NOON)
    assert run_due_jobs(at=NOON) == 1
    assert noted() == 1


@pytest.mark.django_db
def test_a_running_job_stops_after_its_step_and_resumes_behind_it() -> None:
    queued("tests.long", key="long:1")
    run_due_jobs(at=NOON)
    job = Job.objects.get()
    assert (job.state, job.done, job.finished_at, noted("long:1")) == (State.CANCELLED, 2, NOON, 2)
    resume_job("long:1", at=NOON)
    run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert (job.state, job.done, noted("long:1")) == (State.DONE, 3, 3)


@pytest.mark.django_db
def test_a_cancelled_job_that_fails_is_not_tried_again() -> None:
    job = queued("tests.hopeless", key="hopeless:1")
    run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert (job.state, job.error) == (State.CANCELLED, "RuntimeError: the other side hung up")


@pytest.mark.django_db
def test_a_failed_job_can_be_resumed_with_all_its_attempts() -> None:
    job = queued("tests.give_up", key="mail:9")
    run_due_jobs(at=NOON)
    again = resume_job("mail:9", at=NOON)
    assert (again.pk, again.state, again.attempts, again.error) == (job.pk, State.QUEUED, 0, "")


@pytest.mark.django_db
def test_what_is_done_or_never_was_can_be_neither_stopped_nor_resumed() -> None:
    queued()
    run_due_jobs(at=NOON)
    for deed, code in ((cancel_job, "job_finished"), (resume_job, "job_not_stopped")):
        with pytest.raises(Refusal) as refused:
            deed("note:1", at=NOON)
        assert refused.value.code == code
        with pytest.raises(Refusal) as refused:
            deed("note:2", at=NOON)
        assert refused.value.code == "job_not_found"


def test_progress_tells_the_share_and_the_time_left() -> None:
    minute = timedelta(minutes=1)
    job = Job(state=State.RUNNING, done=25, total=100, started_at=NOON - minute)
    assert progress_of(job, at=NOON) == Progress(State.RUNNING, 25, 100, 0.25, 3 * minute)


def test_progress_without_a_total_or_a_beginning_promises_nothing() -> None:
    waiting = Job(state=State.QUEUED, done=0)
    assert progress_of(waiting, at=NOON) == Progress(State.QUEUED, 0, None, None, None)
    over = Job(state=State.DONE, done=4, total=4, started_at=NOON)
    assert progress_of(over, at=NOON) == Progress(State.DONE, 4, 4, 1.0, None)
