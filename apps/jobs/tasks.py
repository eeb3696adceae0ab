"""What the broker may ask of a worker: run the job of an id, sweep up what was lost."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from apps.jobs.domain.courier import RUN
from apps.jobs.domain.run import run_job
from apps.jobs.domain.sweep import sweep


@shared_task(name=RUN)
def run(job_id: int) -> None:
    """Run one job, unless somebody else did."""
    run_job(job_id, clock=timezone.now)


@shared_task(name="jobs.sweep")
def sweep_jobs() -> None:
    """Send again what was lost; runs every half minute."""
    sweep(at=timezone.now())
