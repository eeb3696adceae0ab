"""The system looks again at an open case; a stricter answer brings it back to triage."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.domain.actors import SystemActor
from apps.cases.domain.questions import drop_pause, open_pause
from apps.cases.models import Case
from apps.engine.lifecycle import TABLE, Status, Verb
from apps.routing.domain.assign import shift_due
from apps.screening.enums import Cause
from apps.screening.models import Determination
from apps.workflow.domain.case.redetermine import redetermine
from apps.workflow.domain.proof import told_of
from apps.workflow.domain.transition import Changes, by_system, hold, move, whole

REEXAMINATION = SystemActor("reexamination")
REEXAMINABLE = frozenset(row.source for row in TABLE if row.verb is Verb.REEXAMINE)


@whole
def reexamine_case(case: Case, *, version: int, at: datetime, attempt: int = 0) -> Case:
    """Determine an open case anew, as when lists can be asked again.

    Raises Refusal `stale_version`; `not_from_here` for a case decided or not yet screened.
    """
    hold(case, version=version)
    status = Status(case.status)
    new = redetermine(case, cause=Cause.REEXAMINATION, otherwise=status, at=at, attempt=attempt)
    to_status(case, new.made, target=new.target, at=at)
    return case


def reexamine_if_open(reference: str, *, attempt: int, at: datetime) -> None:
    """The same for a job: a case that came to its end is left alone."""
    case = Case.objects.get(reference=reference)
    if Status(case.status) in REEXAMINABLE:
        reexamine_case(case, version=case.version, at=at, attempt=attempt)


def to_status(case: Case, made: Determination, *, target: Status, at: datetime) -> None:
    """Move a case by the system to where its newest determination leads, open questions dropped."""
    changes: Changes = {"outcome": made.outcome, "tier": made.tier}
    pause = open_pause(case)
    if target is Status.TRIAGE and pause is not None:
        changes["due_on"] = shift_due(case, paused=pause.asked_at.date(), resumed=at.date())
        drop_pause(case, at=at)
    turn = by_system(case, Verb.REEXAMINE, by=REEXAMINATION, at=at)
    move(turn, target=target, told=told_of(made), **changes)
