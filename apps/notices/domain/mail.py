"""Mail a notice: that there is something to read, and where; what it is stays inside."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from apps.notices.models import Notice

BODY = """{subject}

Sign in to read more and to answer:
{link}

This message holds no details of the request on purpose. You receive it because the request
concerns you in collabscreen; please do not reply to it.
"""


def mail_notice(notice_id: int, *, at: datetime) -> None:
    """Mail a notice, unless that has been done; whoever can no longer sign in gets none.

    Killed between sending and writing it down, it sends again: under the same Message-ID, by
    which mailboxes show a message once.
    """
    waiting = Notice.objects.filter(pk=notice_id, mailed_at__isnull=True, to__is_active=True)
    notice = waiting.select_related("to").first()
    if notice is None:
        return
    message_of(notice).send()
    waiting.update(mailed_at=at)


def message_of(notice: Notice) -> EmailMessage:
    """The mail of a notice: its subject line and a link, no answer, no name."""
    site = urlsplit(settings.PUBLIC_URL).hostname
    return EmailMessage(
        subject=notice.subject,
        body=BODY.format(subject=notice.subject, link=f"{settings.PUBLIC_URL}{notice.url}"),
        to=[notice.to.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{site}>", "Auto-Submitted": "auto-generated"},
    )
