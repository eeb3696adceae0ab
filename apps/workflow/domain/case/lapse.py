"""A request whose requester does not answer lapses, after warnings; nobody refuses it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from apps.accounts.domain.actors import SystemActor
from apps.cases.domain.questions import drop_pause, open_pause
from apps.cases.models import Case, Pause
from apps.engine.lifecycle import Status, Verb
from apps.jobs.domain.enqueue import enqueue
from apps.notices.domain.notify import notify
from apps.routing.domain.assign import end_assignment
from apps.routing.domain.deadlines import working_days_after, working_days_between
from apps.workflow.domain.telling import case_url
from apps.workflow.domain.transition import by_system, hold, move, whole

CLOCK = SystemActor("clock")
LAPSE_JOB = "workflow.lapse"
WARN_JOB = "workflow.warn"
QUARTERS = 4  # the requester is warned after each quarter of the time but the last


@whole
def lapse_case(case: Case, *, version: int, at: datetime) -> Case:
    """Let a case lapse whose day has passed. Raises Refusal: see `move`."""
    hold(case, version=version)
    move(by_system(case, Verb.LAPSE, by=CLOCK, at=at))
    drop_pause(case, at=at)
    end_assignment(case, at=at)
    return case


def watch_silence(case: Case, pause: Pause, *, due_on: date | None, at: datetime) -> None:
    """Have the requester warned while questions are open, and the case lapse after its last day."""
    if due_on is None:
        return
    days = working_days_between(at.date(), due_on)
    payload = {"case": case.reference, "pause": pause.pk}
    for quarter in range(1, QUARTERS):
        day = working_days_after(at.date(), days * quarter // QUARTERS)
        key = f"warn:{case.reference}:{pause.pk}:{quarter}"
        enqueue(WARN_JOB, key=key, payload=payload, at=at, not_before=_morning(day))
    after = _morning(due_on + timedelta(days=1))
    key = f"lapse:{case.reference}:{pause.pk}"
    enqueue(LAPSE_JOB, key=key, payload=payload, at=at, not_before=after)


def lapse_if_silent(reference: str, *, pause_id: int, at: datetime) -> None:
    """For a job: let a case lapse if these questions are still open."""
    case = Case.objects.get(reference=reference)
    if _is_silent(case, pause_id):
        lapse_case(case, version=case.version, at=at)


def warn_if_silent(reference: str, *, pause_id: int, at: datetime) -> None:
    """For a job: remind the requester of the last day if these questions are still open."""
    case = Case.objects.get(reference=reference)
    if _is_silent(case, pause_id) and case.due_on is not None:
        last = f"{case.due_on.day} {case.due_on:%B %Y}"
        notify(
            to=case.owner,
            event="case.warn",
            subject=f"{case.reference}: an answer is needed by {last}",
            text=f"The office waits for your answer. Without one the request lapses after {last}.",
            url=case_url(case),
            key=f"{case.reference}:warn:{pause_id}:{at.date().isoformat()}",
            at=at,
        )


def _is_silent(case: Case, pause_id: int) -> bool:
    pause = open_pause(case)
    waiting = case.status == Status.AWAITING_REQUESTER
    return waiting and pause is not None and pause.pk == pause_id


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
