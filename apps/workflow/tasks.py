"""The jobs of the room: checks repeated, cases looked at again, silence noticed."""

from __future__ import annotations

from apps.jobs.domain.kinds import Running, handles
from apps.workflow.domain.case import lapse, redetermine, reexamine, screen


@handles(screen.RETRY_JOB)
def retry(job: Running) -> None:
    """Check a case again, if it still waits for that."""
    screen.retry_if_waiting(
        job.payload["case"],
        version=job.payload["version"],
        attempt=job.payload["attempt"],
        at=job.at,
    )


@handles(redetermine.REEXAMINE_JOB)
def look_again(job: Running) -> None:
    """Look at an open case again; one that came to its end needs no second look."""
    reexamine.reexamine_if_open(job.payload["case"], attempt=job.payload["attempt"], at=job.at)


@handles(lapse.WARN_JOB)
def warn(job: Running) -> None:
    """Remind the requester of the last day, while the questions are open."""
    lapse.warn_if_silent(job.payload["case"], pause_id=job.payload["pause"], at=job.at)


@handles(lapse.LAPSE_JOB)
def end_of_silence(job: Running) -> None:
    """Let a case lapse whose questions are still open."""
    lapse.lapse_if_silent(job.payload["case"], pause_id=job.payload["pause"], at=job.at)
