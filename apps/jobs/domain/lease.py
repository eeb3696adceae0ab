"""Take a job, keep it, let it go: every change of a running job asks for its lease's token."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from apps.jobs.domain.kinds import Handling, Running, Step
from apps.jobs.models import Job
from apps.jobs.states import State

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_DOUBLINGS = 7
LONGEST_ERROR = 2_000


class LeaseLost(Exception):
    """The lease ran out and another worker may have the job: what was done is rolled back."""


def due(at: datetime) -> Q:
    """Jobs that may be taken at an instant: queued and due, or left by a worker that is gone."""
    free = Q(state=State.QUEUED, not_before__lte=at) | Q(state=State.RUNNING, lease_until__lte=at)
    return free & Q(attempts__lt=F("max_attempts"), cancel_asked=False)


def take_job(job: Job, handling: Handling, *, at: datetime) -> Running | None:
    """The job under a new lease; None when another worker was faster or it is not due."""
    token = secrets.token_hex(16)
    taken = Job.objects.filter(due(at), pk=job.pk).update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=at + handling.lease,
        lease_token=token,
        started_at=Coalesce("started_at", Value(at)),
    )
    if not taken:
        return None
    job.refresh_from_db()
    return Running(
        id=job.pk,
        key=job.key,
        payload=job.payload,
        at=at,
        token=token,
        lease=handling.lease,
        attempt=job.attempts,
        done=job.done,
    )


def keep_step(running: Running, step: Step, *, at: datetime) -> bool:
    """Write down how far the job is and renew its lease; whether it should be cancelled now.

    Progress makes the attempts count anew. Raises LeaseLost.
    """
    held = Job.objects.filter(pk=running.id, lease_token=running.token)
    if not held.update(
        done=step.done, total=step.total, attempts=1, lease_until=at + running.lease
    ):
        raise LeaseLost(running.key)
    return held.filter(cancel_asked=True).exists()


def finish_job(running: Running, *, state: State, at: datetime, error: str = "") -> None:
    """End the job in a final state. Raises LeaseLost."""
    _release(running, state=state, finished_at=at, error=error)


def fail_attempt(running: Running, error: Exception, *, for_good: bool, at: datetime) -> None:
    """Keep what went wrong; queue the job again after a pause, or end it. Raises LeaseLost."""
    told = _storable(f"{type(error).__name__}: {error}")
    job = Job.objects.get(pk=running.id)
    if job.cancel_asked:
        finish_job(running, state=State.CANCELLED, at=at, error=told)
    elif for_good or job.attempts >= job.max_attempts:
        finish_job(running, state=State.FAILED, at=at, error=told)
    else:
        again = at + pause_after(job.attempts)
        _release(running, state=State.QUEUED, not_before=again, sent_at=None, error=told)


def pause_after(attempts: int) -> timedelta:
    """How long a job rests after so many failed attempts: 30 s, doubled each time, at most 1 h."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, MOST_DOUBLINGS)), LONGEST_PAUSE)


def _storable(text: str) -> str:
    """The text as PostgreSQL takes it: no zero character, no half of a surrogate pair."""
    return text.replace("\0", "?").encode(errors="replace").decode()[:LONGEST_ERROR]


def _release(running: Running, **change: object) -> None:
    held = Job.objects.filter(pk=running.id, lease_token=running.token)
    if not held.update(lease_until=None, lease_token="", **change):
        raise LeaseLost(running.key)
