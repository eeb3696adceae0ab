"""What a broker loses or a dead worker leaves is found, sent again, and in the end given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from apps.jobs.domain.cancel import cancel_job
from apps.jobs.domain.kinds import handling_of
from apps.jobs.domain.lease import take_job
from apps.jobs.domain.run import run_due_jobs
from apps.jobs.domain.sweep import LOST, SENT_AGAIN_AFTER, Swept, sweep
from apps.jobs.models import Job
from apps.jobs.states import State
from apps.jobs.tasks import sweep_jobs
from tests.factories.jobs import NOON, noted, queued

LEASE = handling_of("tests.note").lease


@pytest.mark.django_db
def test_a_message_that_came_to_nothing_is_sent_again_after_a_while(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    queued()
    assert sweep(at=NOON + SENT_AGAIN_AFTER - timedelta(seconds=1)) == Swept(0, 0, 0, 0)
    with django_capture_on_commit_callbacks() as sent:
        assert sweep(at=NOON + SENT_AGAIN_AFTER) == Swept(0, 0, 0, sent=1)
    assert len(sent) == 1
    assert sweep(at=NOON + SENT_AGAIN_AFTER) == Swept(0, 0, 0, 0)


@pytest.mark.django_db
def test_a_job_for_later_is_sent_when_it_is_due() -> None:
    queued(at=NOON + timedelta(days=1))
    Job.objects.update(sent_at=None)
    assert sweep(at=NOON).sent == 0
    assert sweep(at=NOON + timedelta(days=1)).sent == 1


@pytest.mark.django_db
def test_a_job_of_a_dead_worker_is_freed_and_done() -> None:
    job = queued()
    take_job(job, handling_of(job.kind), at=NOON)
    assert sweep(at=NOON + timedelta(minutes=1)) == Swept(0, 0, 0, 0)
    assert sweep(at=NOON + LEASE) == Swept(freed=1, failed=0, cancelled=0, sent=1)
    assert run_due_jobs(at=NOON + LEASE) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, noted()) == (State.DONE, 2, 1)


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up() -> None:
    job = queued()
    at = NOON
    for _ in range(job.max_attempts):
        take_job(job, handling_of(job.kind), at=at)
        at += LEASE
    assert sweep(at=at) == Swept(freed=0, failed=1, cancelled=0, sent=0)
    job.refresh_from_db()
    assert (job.state, job.error, job.finished_at) == (State.FAILED, LOST, at)


@pytest.mark.django_db
def test_a_job_to_be_cancelled_ends_with_its_dead_worker() -> None:
    job = queued()
    take_job(job, handling_of(job.kind), at=NOON)
    cancel_job(job.key, at=NOON)
    assert run_due_jobs(at=NOON + LEASE) == 0
    assert sweep(at=NOON + LEASE) == Swept(freed=0, failed=0, cancelled=1, sent=0)


@pytest.mark.django_db
def test_a_sweep_costs_the_same_statements_however_much_was_lost(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    at = NOON
    for lost in (1, 3, 20):
        for number in range(lost):
            job = queued(key=f"note:{lost}:{number}")
            take_job(job, handling_of(job.kind), at=at)
        at += timedelta(hours=1)
        with django_assert_num_queries(7):
            sweep(at=at)


@pytest.mark.django_db
def test_the_beat_sweeps_by_the_clock_on_the_wall() -> None:
    queued()
    sweep_jobs()
    assert Job.objects.get().sent_at != NOON
