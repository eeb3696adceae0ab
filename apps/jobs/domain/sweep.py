"""Find jobs that the broker lost or whose worker died, and send them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from apps.jobs.domain.courier import send_on_commit
from apps.jobs.domain.lease import due
from apps.jobs.models import Job
from apps.jobs.states import State

SENT_AGAIN_AFTER = timedelta(minutes=2)
SENT_AT_ONCE = 500
LOST = "The worker was lost in the last attempt that was allowed."
FREE = {"lease_until": None, "lease_token": ""}


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: jobs freed from dead workers, given up, cancelled, and ids sent."""

    freed: int
    failed: int
    cancelled: int
    sent: int


@transaction.atomic
def sweep(*, at: datetime) -> Swept:
    """Free what dead workers held, end what may not be tried again, send what is due."""
    expired = Job.objects.filter(state=State.RUNNING, lease_until__lte=at)
    cancelled = expired.filter(cancel_asked=True).update(
        state=State.CANCELLED, finished_at=at, **FREE
    )
    failed = expired.filter(attempts__gte=F("max_attempts")).update(
        state=State.FAILED, finished_at=at, error=LOST, **FREE
    )
    freed = expired.update(state=State.QUEUED, sent_at=None, **FREE)
    return Swept(freed, failed, cancelled, sent=_send_due(at=at))


def _send_due(*, at: datetime) -> int:
    unsent = Q(sent_at__isnull=True) | Q(sent_at__lte=at - SENT_AGAIN_AFTER)
    ready = Job.objects.filter(due(at), unsent).order_by("not_before", "pk")
    ids = list(ready.values_list("pk", flat=True)[:SENT_AT_ONCE])
    Job.objects.filter(pk__in=ids).update(sent_at=at)
    for job_id in ids:
        send_on_commit(job_id)
    return len(ids)
