"""A request whose requester does not answer lapses, after warnings; nobody refuses it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from apps.accounts.domain.actors import SystemActor
from apps.cases.domain.questions import drop_pause
from apps.cases.models import Case
from apps.engine.lifecycle import Verb
from apps.jobs.domain.enqueue import enqueue
from apps.routing.domain.assign import end_assignment
from apps.workflow.domain.transition import by_system, hold, move, whole

CLOCK = SystemActor("clock")
LAPSE_JOB = "workflow.lapse"


@whole
def lapse_case(case: Case, *, version: int, at: datetime) -> Case:
    """Let a case lapse whose day has passed. Raises Refusal: see `move`."""
    hold(case, version=version)
    move(
        by_system(case, Verb.LAPSE, by=CLOCK, at=at),
    )
    drop_pause(case, at=at)
    end_assignment(case, at=at)
    return case


def watch_for_lapse(case: Case, *, due_on: date | None, at: datetime) -> None:
    """Have the case looked at on the day after its last one, if it has one."""
    if due_on is not None:
        enqueue(
            LAPSE_JOB,
            key=f"lapse:{case.reference}:{case.version}",
            payload={"case": case.reference, "version": case.version},
            at=at,
            not_before=datetime.combine(due_on + timedelta(days=1), time(), UTC),
        )
