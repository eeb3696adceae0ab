"""The job of this room: mail a notice."""

from __future__ import annotations

from apps.jobs.domain.kinds import Running, handles_outside
from apps.notices.domain.mail import mail_notice
from apps.notices.domain.notify import MAIL


@handles_outside(MAIL)
def mail(job: Running) -> None:
    """Mail the notice of an id; outside a transaction, since a mail server can be slow."""
    mail_notice(job.payload["notice"], at=job.at)
