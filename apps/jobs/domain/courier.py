"""Hand the id of a job to the broker; the row is the truth, so a message may be lost or doubled."""

from __future__ import annotations

from celery import current_app
from django.db import transaction

RUN = "jobs.run"  # the name of the one task that carries ids, in this room's tasks


def send_on_commit(job_id: int) -> None:
    """Send the id once the transaction commits; a broker that is down is logged, not raised.

    The change is committed by then and must not look failed: the next sweep sends the id again.
    This is Celery's `delay_on_commit` but for that robustness.
    """

    def send() -> None:  # no partial: Django logs a failing callback by its qualified name
        current_app.tasks[RUN].apply_async((job_id,))

    transaction.on_commit(send, robust=True)
