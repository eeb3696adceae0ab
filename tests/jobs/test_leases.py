"""Two workers at once take a job once; who loses the lease loses the effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from apps.jobs.domain.kinds import Running, Step, handles, handling_of
from apps.jobs.domain.lease import LeaseLost, keep_step, take_job
from apps.jobs.domain.run import run_due_jobs, run_job
from apps.jobs.models import Job
from apps.jobs.states import State
from tests.factories.jobs import NOON, note, noted, queued

WORKERS = 4


@pytest.mark.django_db(transaction=True)
def test_workers_that_come_at_once_take_a_job_once() -> None:
    ids = [queued(key=f"note:{number}").pk for number in range(5)]
    start = Barrier(WORKERS)

    def work(_: int) -> int:
        try:
            start.wait()
            return sum(run_job(job_id, clock=lambda: NOON) for job_id in ids)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        assert sum(pool.map(work, range(WORKERS))) == 5
    assert [noted(f"note:{number}") for number in range(5)] == [1, 1, 1, 1, 1]
    assert set(Job.objects.values_list("state", "attempts")) == {(State.DONE, 1)}


@pytest.mark.django_db
def test_a_job_under_a_lease_is_not_taken_until_the_lease_runs_out() -> None:
    job = queued()
    handling = handling_of("tests.note")
    held = take_job(job, handling, at=NOON)
    assert held is not None
    assert take_job(job, handling, at=NOON + handling.lease - timedelta(seconds=1)) is None
    later = take_job(job, handling, at=NOON + handling.lease)
    assert later is not None
    assert (later.attempt, later.token != held.token) == (2, True)


@pytest.mark.django_db
def test_a_step_without_the_lease_is_not_kept() -> None:
    job = queued("tests.count")
    held = take_job(job, handling_of("tests.count"), at=NOON)
    assert held is not None
    Job.objects.update(lease_token="another worker's")
    with pytest.raises(LeaseLost):
        keep_step(held, Step(1), at=NOON)


@handles("tests.slow")
def outlive_the_lease(job: Running) -> None:
    """Takes so long that another worker has taken the job meanwhile."""
    note(job)
    Job.objects.filter(pk=job.id).update(lease_token="another worker's")


@pytest.mark.django_db
def test_a_worker_that_outlives_its_lease_leaves_no_effect(
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = queued("tests.slow", key="slow:1")
    assert run_job(job.pk, clock=lambda: NOON) is True
    assert noted("slow:1") == 0
    assert "The lease of job slow:1 ran out" in caplog.text


@handles("tests.tick")
def tick(_: Running) -> None:
    """Does nothing."""


@pytest.mark.django_db
def test_the_end_is_told_by_the_clock_not_by_the_beginning() -> None:
    instants = iter([NOON, NOON, NOON + timedelta(seconds=42)])

    def clock() -> datetime:
        return next(instants)

    job = queued("tests.tick")
    run_job(job.pk, clock=clock)
    job.refresh_from_db()
    assert (job.started_at, job.finished_at) == (NOON, NOON + timedelta(seconds=42))
    assert run_due_jobs(at=NOON) == 0
