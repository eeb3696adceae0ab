"""A notice is left once per person and key, and points inside."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from apps.engine.refusal import Refusal
from apps.jobs.models import Job
from apps.notices.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.notices import NOON, told


@pytest.mark.django_db
def test_the_same_key_tells_a_person_once_and_another_person_too() -> None:
    mei, omar = PersonFactory.create(), PersonFactory.create()
    first = told(mei)
    assert told(mei, subject="said otherwise").pk == first.pk
    assert told(omar).pk != first.pk
    assert (Notice.objects.count(), Job.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_a_notice_says_what_and_when() -> None:
    notice = told(PersonFactory.create())
    assert (notice.created_at, notice.seen_at, notice.mailed_at) == (NOON, None, None)
    assert str(notice) == "CS-2026-0042: Waiting for you"


@pytest.mark.django_db
def test_a_subject_is_one_short_line() -> None:
    notice = told(PersonFactory.create(), subject="a\r\nBcc: eve@example.org " + "x" * 300)
    assert notice.subject == "a Bcc: eve@example.org " + "x" * 177


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_a_notice_leads_nowhere_else(url: str) -> None:
    person = PersonFactory.create()
    with pytest.raises(Refusal) as refused:
        told(person, url=url)
    assert (refused.value.code, Notice.objects.count()) == ("foreign_url", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"url": "https://x"}, {"subject": ""}, {"key": "case:1"}])
def test_the_database_itself_refuses_what_is_no_notice(change: dict[str, str]) -> None:
    notice = told(PersonFactory.create())
    fields = {"event": "e", "subject": "s", "url": "/", "key": "other"} | change
    with pytest.raises(IntegrityError):
        Notice.objects.create(to=notice.to, created_at=NOON, **fields)


@pytest.mark.django_db
def test_telling_costs_the_same_statements_every_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = PersonFactory.create()
    for number in (1, 2, 3):
        with django_assert_num_queries(10):
            told(person, key=f"case:{number}")
