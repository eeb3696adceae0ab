"""Stop a job, and take a stopped or failed one up again where it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from apps.engine.refusal import Refusal
from apps.jobs.domain.courier import send_on_commit
from apps.jobs.models import Job
from apps.jobs.states import FINISHED, State


@transaction.atomic
def cancel_job(key: str, *, at: datetime) -> Job:
    """Cancel a queued job at once, a running one after its present step; done stays done.

    Raises Refusal `job_not_found`, `job_finished`.
    """
    named = Job.objects.filter(key=key)
    if not named.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=at):
        named.filter(state=State.RUNNING).update(cancel_asked=True)
    job = job_of(key)
    if job.state in FINISHED and job.state != State.CANCELLED:
        raise Refusal("job_finished", f"The job is {job.state}.", where="key", found=key)
    return job


@transaction.atomic
def resume_job(key: str, *, at: datetime) -> Job:
    """Queue a cancelled or failed job again; it goes on after the last step that was kept.

    Raises Refusal `job_not_found`, `job_not_stopped`.
    """
    stopped = Job.objects.filter(key=key, state__in=[State.CANCELLED, State.FAILED])
    resumed = stopped.update(
        state=State.QUEUED,
        attempts=0,
        cancel_asked=False,
        not_before=at,
        sent_at=at,
        finished_at=None,
        error="",
    )
    job = job_of(key)
    if not resumed:
        raise Refusal("job_not_stopped", f"The job is {job.state}.", where="key", found=key)
    send_on_commit(job.pk)
    return job


def job_of(key: str) -> Job:
    """The job of a key. Raises Refusal `job_not_found`."""
    job = Job.objects.filter(key=key).first()
    if job is None:
        raise Refusal("job_not_found", "There is no such job.", where="key", found=key)
    return job
