"""Kinds of job for tests; what they do shows as events of a case named after the job."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime

from apps.audit.domain.history import events_of
from apps.audit.domain.record import record
from apps.jobs.domain.enqueue import enqueue
from apps.jobs.domain.kinds import (
    GiveUp,
    Running,
    Step,
    handles,
    handles_in_steps,
    handles_outside,
)
from apps.jobs.models import Job

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
ROWS = 4


def queued(kind: str = "tests.note", *, key: str = "note:1", at: datetime = NOON) -> Job:
    """A job of a kind, due at once."""
    return enqueue(kind, key=key, payload={}, at=at)


def noted(key: str = "note:1") -> int:
    """How often the work of a job took effect."""
    return len(events_of(f"case:{key}"))


def note(job: Running) -> None:
    """The visible effect of a job: one event."""
    record(
        subject=f"case:{job.key}",
        verb="open_draft",
        by="system:jobs",
        at=job.at,
        payload={"kind": "visit"},
    )


@handles("tests.note")
def note_once(job: Running) -> None:
    """Takes effect."""
    note(job)


@handles_outside("tests.call")
def call_outside(job: Running) -> None:
    """Goes wrong once after its call went out, as a mail server may."""
    if job.attempt == 1:
        raise TimeoutError("no answer\0from the other side")


@handles("tests.fail", attempts=3)
def fail_after_effect(job: Running) -> None:
    """Takes effect and fails."""
    note(job)
    raise RuntimeError("the disk is full")


@handles("tests.give_up")
def give_up(job: Running) -> None:
    """Cannot be done, now or later."""
    raise GiveUp(f"nobody is left to tell about {job.key}")


@handles("tests.chain")
def queue_another(job: Running) -> None:
    """Queues a job that is due at once."""
    enqueue("tests.note", key=f"{job.key}:next", payload={}, at=job.at)


@handles_in_steps("tests.count")
def count_rows(job: Running) -> Generator[Step, None, None]:
    """Notes row after row; stumbles over the third until it has been tried twice."""
    for row in range(job.done + 1, ROWS + 1):
        note(job)
        if row == 3 and job.attempt == 1:
            raise RuntimeError("stumbled over row 3")
        yield Step(row, ROWS)
