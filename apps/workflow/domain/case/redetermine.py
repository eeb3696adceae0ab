"""Facts of an open case changed: determine anew, and say where that leaves the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.cases.models import Case
from apps.engine.lifecycle import Status
from apps.jobs.domain.enqueue import enqueue
from apps.screening.domain.compare import stricter
from apps.screening.domain.determine import determine_case
from apps.screening.domain.queries import latest_determination
from apps.screening.enums import Cause
from apps.screening.models import Determination
from apps.workflow.domain.case.screen import wait_before

REEXAMINE_JOB = "workflow.reexamine"


@dataclass(frozen=True, slots=True)
class Redetermined:
    """The new determination, and the status it leads to: triage if it is stricter."""

    made: Determination
    target: Status


def redetermine(
    case: Case, *, cause: Cause, otherwise: Status, at: datetime, attempt: int = 0
) -> Redetermined:
    """Determine anew; a higher tier or worse outcome leads to triage, anything else `otherwise`.

    Lists that could not be asked are asked again by a job: until then nothing can be approved.
    """
    before = latest_determination(case)
    made = determine_case(case, cause=cause, on=at.date(), at=at)
    if not made.lists_complete:
        enqueue(
            REEXAMINE_JOB,
            key=f"reexamine:{case.reference}:{made.number}",
            payload={"case": case.reference, "attempt": attempt + 1},
            at=at,
            not_before=at + wait_before(attempt),
        )
    return Redetermined(made, Status.TRIAGE if stricter(before, made) else otherwise)
