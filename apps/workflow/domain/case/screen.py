"""The system's own moves at the start: check, determine, route; try again where it cannot."""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.accounts.domain.actors import SystemActor
from apps.cases.models import Case
from apps.engine.guards import Situation
from apps.engine.lifecycle import Status, Verb
from apps.jobs.domain.enqueue import enqueue
from apps.routing.domain.assign import assign_office, place_case
from apps.screening.domain.determine import determine_case
from apps.screening.enums import Cause
from apps.screening.models import Determination
from apps.workflow.domain.proof import told_of
from apps.workflow.domain.transition import by_system, hold, move, whole

SCREENING = SystemActor("screening")
RETRY_JOB = "workflow.retry_screening"
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
DOUBLINGS = 10


def screen_case(case: Case, *, cause: Cause, at: datetime, attempt: int = 0) -> Determination:
    """Determine a case at screening, then bring it to triage or let it wait for a retry."""
    made = determine_case(case, cause=cause, on=at.date(), at=at)
    if made.lists_complete:
        _to_triage(case, made, at=at)
    else:
        _to_waiting(case, made, at=at, attempt=attempt)
    return made


@whole
def retry_screening(case: Case, *, version: int, at: datetime, attempt: int) -> Case:
    """Check again what could not be checked. Raises Refusal `stale_version`, `not_from_here`."""
    hold(case, version=version)
    move(
        by_system(case, Verb.RETRY, by=SCREENING, at=at),
    )
    screen_case(case, cause=Cause.RETRY, at=at, attempt=attempt)
    return case


def retry_if_waiting(reference: str, *, version: int, attempt: int, at: datetime) -> None:
    """The same for a job: nothing happens to a case that has gone on meanwhile."""
    case = Case.objects.get(reference=reference)
    if (case.status, case.version) == (Status.SCREENING_INCOMPLETE, version):
        retry_screening(case, version=version, at=at, attempt=attempt)


def wait_before(attempt: int) -> timedelta:
    """How long to wait before a retry: twice as long each time, up to a bound."""
    return min(FIRST_WAIT * (1 << min(attempt, DOUBLINGS)), LONGEST_WAIT)


def _to_triage(case: Case, made: Determination, *, at: datetime) -> None:
    placed = place_case(case, made, on=at.date())
    move(
        by_system(case, Verb.SCREENED, by=SCREENING, at=at),
        situation=Situation(on=at.date(), lists_complete=made.lists_complete),
        told={**told_of(made), "desk": placed.route.desk, "why": list(placed.route.why)},
        outcome=made.outcome,
        tier=made.tier,
        office=placed.office,
        due_on=placed.due_on,
    )
    assign_office(case, placed, at=at)


def _to_waiting(case: Case, made: Determination, *, at: datetime, attempt: int) -> None:
    move(
        by_system(case, Verb.SCREENING_FAILED, by=SCREENING, at=at),
        reason=made.lists_why,
        told=told_of(made),
    )
    enqueue(
        RETRY_JOB,
        key=f"retry:{case.reference}:{case.version}",
        payload={"case": case.reference, "version": case.version, "attempt": attempt + 1},
        at=at,
        not_before=at + wait_before(attempt),
    )
