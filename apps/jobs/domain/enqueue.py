"""Queue a job in the transaction of the change that causes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from apps.engine.refusal import Refusal
from apps.jobs.domain.courier import send_on_commit
from apps.jobs.domain.kinds import handling_of
from apps.jobs.models import Job


def enqueue(
    kind: str,
    *,
    key: str,
    payload: Mapping[str, object],
    at: datetime,
    not_before: datetime | None = None,
) -> Job:
    """The job of a key: a new one, or the one queued before under that key, whatever its state.

    The payload holds ids. A job for later is not sent now: the sweep sends it when it is due.
    Raises Refusal `unknown_job_kind`, and `job_key_taken` when the key is another kind's.
    """
    handling = handling_of(kind)
    due = not_before or at
    job, new = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": dict(payload),
            "max_attempts": handling.attempts,
            "not_before": due,
            "sent_at": at if due <= at else None,
            "created_at": at,
        },
    )
    if job.kind != kind:
        raise Refusal("job_key_taken", f"The key is a {job.kind}'s.", where="key", found=key)
    if new and due <= at:
        send_on_commit(job.pk)
    return job
