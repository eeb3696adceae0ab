"""How long due work has been waiting: what shows that no worker is there to do it."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.jobs.domain.lease import due
from apps.jobs.models import Job


def longest_wait(*, at: datetime) -> timedelta:
    """How long the oldest job that is due has been due; nothing when none is."""
    oldest = Job.objects.filter(due(at)).order_by("not_before").first()
    return timedelta() if oldest is None else at - oldest.not_before
