"""A job is done once in effect; what fails is tried again, with growing pauses, and says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from apps.engine.refusal import Refusal
from apps.jobs.domain.kinds import handles
from apps.jobs.domain.lease import pause_after
from apps.jobs.domain.run import run_due_jobs, run_job
from apps.jobs.models import Job
from apps.jobs.states import State
from apps.jobs.tasks import run
from tests.factories.jobs import NOON, noted, queued


@pytest.mark.django_db
def test_a_due_job_is_done_once_however_often_its_id_arrives() -> None:
    job = queued()
    run(job.pk)
    run(job.pk)
    assert run_due_jobs(at=NOON) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_token, noted()) == (State.DONE, 1, "", 1)
    assert job.finished_at is not None


@pytest.mark.django_db
def test_an_id_without_a_job_is_passed_over() -> None:
    assert run_job(4711, clock=lambda: NOON) is False


@pytest.mark.django_db
def test_a_job_for_later_waits() -> None:
    job = queued(at=NOON + timedelta(seconds=1))
    assert run_job(job.pk, clock=lambda: NOON) is False
    assert run_due_jobs(at=NOON) == 0
    assert run_due_jobs(at=NOON + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_jobs_that_jobs_queue_are_run_too_oldest_first_up_to_the_limit() -> None:
    queued("tests.chain", key="chain:1", at=NOON - timedelta(minutes=1))
    queued("tests.note", key="note:1")
    assert run_due_jobs(at=NOON, limit=1) == 1
    assert (noted("note:1"), noted("chain:1:next")) == (0, 0)
    assert run_due_jobs(at=NOON) == 2
    assert (noted("note:1"), noted("chain:1:next")) == (1, 1)


@pytest.mark.django_db
def test_a_failure_undoes_the_effect_keeps_the_error_and_pauses_longer_each_time() -> None:
    job = queued("tests.fail")
    at = NOON
    pauses = []
    for _ in range(2):
        assert run_due_jobs(at=at) == 1
        job.refresh_from_db()
        pauses.append(job.not_before - at)
        at = job.not_before
        assert (job.state, job.error) == (State.QUEUED, "RuntimeError: the disk is full")
    assert pauses == [timedelta(seconds=30), timedelta(seconds=60)]
    assert run_due_jobs(at=at) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at, noted()) == (State.FAILED, 3, at, 0)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (7, 1_920), (8, 3_600), (30_000, 3_600)]
)
def test_a_pause_doubles_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


@pytest.mark.django_db
def test_what_cannot_be_done_fails_at_once() -> None:
    job = queued("tests.give_up", key="mail:9")
    run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, 1)
    assert job.error == "GiveUp: nobody is left to tell about mail:9"


@pytest.mark.django_db
def test_work_outside_a_transaction_is_repeated_until_it_ends_well() -> None:
    job = queued("tests.call")
    run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert job.error == "TimeoutError: no answer?from the other side"
    run_due_jobs(at=NOON + timedelta(minutes=1))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (State.DONE, 2, "")


@pytest.mark.django_db
def test_a_long_job_keeps_each_step_and_resumes_after_the_last() -> None:
    job = queued("tests.count")
    run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, noted()) == (State.QUEUED, 2, 4, 2)
    run_due_jobs(at=NOON + timedelta(minutes=1))
    job.refresh_from_db()
    assert (job.state, job.done, job.total, noted()) == (State.DONE, 4, 4, 4)


@pytest.mark.django_db
def test_a_kind_that_is_gone_fails_the_job_and_says_so_loudly() -> None:
    job = queued()
    Job.objects.update(kind="tests.gone")
    with pytest.raises(Refusal) as refused:
        run_due_jobs(at=NOON)
    job.refresh_from_db()
    assert (refused.value.code, job.state) == ("unknown_job_kind", State.FAILED)
    assert job.error == str(refused.value)


def test_a_kind_has_one_handler() -> None:
    with pytest.raises(ValueError, match=r"two handlers for jobs of kind tests\.note"):
        handles("tests.note")(lambda _: None)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_run_inside_somebody_elses_transaction() -> None:
    job = queued()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        run_job(job.pk, clock=lambda: NOON)


@pytest.mark.django_db
def test_the_statements_of_a_job_do_not_grow_with_the_queue(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for length in (1, 3, 12):
        jobs = [queued("tests.idle", key=f"idle:{length}:{number}") for number in range(length)]
        with django_assert_num_queries(8):
            run_job(jobs[0].pk, clock=lambda: NOON)


@handles("tests.idle")
def idle(_: object) -> None:
    """Does nothing, so that only the running itself is counted."""
