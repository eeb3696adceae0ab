"""How far a job is, and when it may be over: what a page or a terminal shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.jobs.models import Job
from apps.jobs.states import State


@dataclass(frozen=True, slots=True)
class Progress:
    """State, rows done of total, share from 0 to 1 and time left; None where nobody knows."""

    state: State
    done: int
    total: int | None
    share: float | None
    left: timedelta | None


def progress_of(job: Job, *, at: datetime) -> Progress:
    """The progress of a job at an instant; time left assumes the pace so far."""
    share = job.done / job.total if job.total else None
    left = None
    if share and job.started_at and job.state == State.RUNNING:
        left = (at - job.started_at) * (1 - share) / share
    return Progress(State(job.state), job.done, job.total, share, left)
