"""Leave a notice for a person: at once in the inbox, soon after by mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.engine.refusal import Refusal
from apps.jobs.domain.enqueue import enqueue
from apps.notices.models import SUBJECT_LENGTH, Notice

MAIL = "notices.mail"  # the kind of job that mails a notice


@transaction.atomic
def notify(
    *, to: User, event: str, subject: str, text: str, url: str, key: str, at: datetime
) -> Notice:
    """The notice of a key for a person: a new one, or the one left before under that key.

    `subject` goes into the mail too: it holds a reference, never a name or an answer. `text` is
    shown only to the person signed in. `url` is a path of this site. The row and its mail job
    stand or fall with the caller's transaction. Raises Refusal `foreign_url`.
    """
    _refuse_foreign(url)
    notice, new = Notice.objects.get_or_create(
        to=to,
        key=key,
        defaults={
            "event": event,
            "subject": " ".join(subject.split())[:SUBJECT_LENGTH],  # one line of a mail's head
            "text": text,
            "url": url,
            "created_at": at,
        },
    )
    if new:
        enqueue(MAIL, key=f"{MAIL}:{notice.pk}", payload={"notice": notice.pk}, at=at)
    return notice


def _refuse_foreign(url: str) -> None:
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise Refusal(
            code="foreign_url",
            what="A notice leads to a page of this site.",
            where="url",
            found=url,
            valid="a path that begins with one slash",
        )
