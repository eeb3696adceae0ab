"""Loaded into a real worker: a job that hangs at first, and a sweep as the worker comes up."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from celery.signals import worker_ready
from django.utils import timezone

from apps.jobs.domain.kinds import Running, handles
from apps.jobs.domain.sweep import sweep
from tests.factories.jobs import note

MARKER = "TEST_MARKER"  # the file by which the first attempt says that it is in mid-job


@handles("tests.hang_once")
def hang_once(job: Running) -> None:
    """Takes effect; the first time it then waits to be killed before the effect is committed."""
    note(job)
    if job.attempt == 1:
        Path(os.environ[MARKER]).touch()
        time.sleep(60)


@worker_ready.connect
def sweep_later(**_: object) -> None:
    """What beat does, an hour from now: every lease of a dead worker has run out by then."""
    sweep(at=timezone.now() + timedelta(hours=1))
