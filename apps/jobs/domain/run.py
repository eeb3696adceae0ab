"""Run jobs: the worker by id as messages come, tests and commands whatever is due."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import transaction

from apps.engine.refusal import Refusal
from apps.jobs.domain.kinds import GiveUp, Handling, Running, handling_of
from apps.jobs.domain.lease import (
    LeaseLost,
    due,
    fail_attempt,
    finish_job,
    keep_step,
    take_job,
)
from apps.jobs.models import Job
from apps.jobs.states import FINISHED, State

Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


def run_job(job_id: int, *, clock: Clock) -> bool:
    """Run a job if it is due and free; whether this caller ran it. Failure is kept on the row.

    Raises Refusal `unknown_job_kind` after marking the job failed: nobody could ever run it.
    """
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.state in FINISHED:
        return False
    handling = _handling_or_fail(job, at=clock())
    # durable: inside a caller's transaction nobody would see the lease and nothing would be safe.
    with transaction.atomic(durable=True):
        running = take_job(job, handling, at=clock())
    if running is None:
        return False
    try:
        _attempt(handling, running, clock=clock)
    except LeaseLost:
        log.warning("The lease of job %s ran out while it was running.", running.key)
    return True


def run_due_jobs(*, at: datetime, limit: int = 100) -> int:
    """Run what is due at an instant, and what those jobs queue in turn; how many were run."""
    ran = 0
    while ran < limit:
        ready = Job.objects.filter(due(at)).order_by("not_before", "pk")
        ids = list(ready.values_list("pk", flat=True)[: limit - ran])
        just_ran = sum(run_job(job_id, clock=lambda: at) for job_id in ids)
        if not just_ran:
            break
        ran += just_ran
    return ran


def _handling_or_fail(job: Job, *, at: datetime) -> Handling:
    try:
        return handling_of(job.kind)
    except Refusal as unknown:
        Job.objects.filter(due(at), pk=job.pk).update(
            state=State.FAILED,
            finished_at=at,
            lease_until=None,
            lease_token="",
            error=str(unknown),
        )
        raise


def _attempt(handling: Handling, running: Running, *, clock: Clock) -> None:
    try:
        _work(handling, running, clock=clock)
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("Job %s failed.", running.key)
        fail_attempt(running, error, for_good=isinstance(error, GiveUp), at=clock())


def _work(handling: Handling, running: Running, *, clock: Clock) -> None:
    """Step by step; the last stretch commits together with the end of the job."""
    with contextlib.closing(handling.steps(running)) as steps:
        while True:
            with _bounds(handling):
                step = next(steps, None)
                if step is None:
                    finish_job(running, state=State.DONE, at=clock())
                    return
                if keep_step(running, step, at=clock()):
                    finish_job(running, state=State.CANCELLED, at=clock())
                    return


def _bounds(handling: Handling) -> AbstractContextManager[None]:
    return transaction.atomic() if handling.inside else contextlib.nullcontext()
