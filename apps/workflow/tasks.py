"""The jobs of the room: checks repeated, cases looked at again, silence noticed."""

from __future__ import annotations

from apps.cases.models import Case
from apps.engine.lifecycle import Status
from apps.jobs.domain.kinds import Running, handles
from apps.workflow.domain.case.lapse import LAPSE_JOB, lapse_case
from apps.workflow.domain.case.redetermine import REEXAMINE_JOB
from apps.workflow.domain.case.reexamine import REEXAMINABLE, reexamine_case
from apps.workflow.domain.case.screen import RETRY_JOB, retry_screening


@handles(RETRY_JOB)
def retry(job: Running) -> None:
    """Check a case again, if it still waits for that."""
    case = _case(job)
    if case.status == Status.SCREENING_INCOMPLETE and case.version == job.payload["version"]:
        retry_screening(case, version=case.version, at=job.at, attempt=int(job.payload["attempt"]))


@handles(REEXAMINE_JOB)
def reexamine(job: Running) -> None:
    """Look at an open case again; one that came to its end needs no second look."""
    case = _case(job)
    if Status(case.status) in REEXAMINABLE:
        reexamine_case(case, version=case.version, at=job.at, attempt=int(job.payload["attempt"]))


@handles(LAPSE_JOB)
def lapse(job: Running) -> None:
    """Let a case lapse that nobody has touched since the question; otherwise nothing is due."""
    case = _case(job)
    if case.version == job.payload["version"]:
        lapse_case(case, version=case.version, at=job.at)


def _case(job: Running) -> Case:
    return Case.objects.get(reference=job.payload["case"])
