"""A notice is mailed at least once and read once; the mail holds a reference and a link."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from apps.jobs.domain.run import run_due_jobs
from apps.jobs.models import Job
from apps.jobs.states import State
from apps.notices.domain.mail import mail_notice
from apps.notices.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.notices import NOON, told

MAILED = """CS-2026-0042: Waiting for you

Sign in to read more and to answer:
https://screening.example.edu/cases/CS-2026-0042/

This message holds no details of the request on purpose. You receive it because the request
concerns you in collabscreen; please do not reply to it.
"""


@pytest.fixture(autouse=True)
def _public(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://screening.example.edu"


@pytest.mark.django_db
def test_a_mail_holds_the_reference_and_a_link_and_no_answer() -> None:
    notice = told(PersonFactory.create(email="mei@example.edu", display_name="Mei Chen"))
    assert run_due_jobs(at=NOON) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["mei@example.edu"], notice.subject, MAILED)
    headers = sent.message()
    assert headers["Message-ID"] == f"<notice-{notice.pk}@screening.example.edu>"
    assert headers["Auto-Submitted"] == "auto-generated"
    notice.refresh_from_db()
    assert notice.mailed_at == NOON


@pytest.mark.django_db
def test_a_notice_is_not_mailed_again_once_that_is_known() -> None:
    notice = told(PersonFactory.create())
    mail_notice(notice.pk, at=NOON)
    mail_notice(notice.pk, at=NOON + timedelta(days=1))
    run_due_jobs(at=NOON)
    notice.refresh_from_db()
    assert (len(mail.outbox), notice.mailed_at) == (1, NOON)


@pytest.mark.django_db
def test_a_mail_sent_twice_carries_one_id() -> None:
    notice = told(PersonFactory.create())
    mail_notice(notice.pk, at=NOON)
    Notice.objects.update(mailed_at=None)  # killed before it could be written down
    mail_notice(notice.pk, at=NOON)
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


@pytest.mark.django_db
def test_whoever_has_left_gets_no_mail() -> None:
    person = PersonFactory.create()
    told(person)
    person.is_active = False
    person.save()
    assert run_due_jobs(at=NOON) == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_notice_that_is_gone_is_no_fault() -> None:
    told(PersonFactory.create())
    Notice.objects.all().delete()
    run_due_jobs(at=NOON)
    assert (mail.outbox, Job.objects.get().state) == ([], State.DONE)


class Hangs(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: object) -> int:
        raise SMTPServerDisconnected("connection lost")


@pytest.mark.django_db
def test_a_mail_server_that_hangs_up_is_tried_again(settings: Settings) -> None:
    notice = told(PersonFactory.create())
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Hangs"
    run_due_jobs(at=NOON)
    notice.refresh_from_db()
    assert (notice.mailed_at, Job.objects.get().state) == (None, State.QUEUED)
    settings.EMAIL_BACKEND = kept
    run_due_jobs(at=NOON + timedelta(minutes=1))
    assert len(mail.outbox) == 1
