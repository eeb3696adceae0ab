"""An inbox shows a person's own notices, newest first, and what was seen stays seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.notices.domain.inbox import inbox_of, mark_seen, unseen_count
from tests.factories.accounts import PersonFactory
from tests.factories.notices import NOON, told

LATER = NOON + timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 3, 12])
def test_one_query_reads_an_inbox_and_one_counts_what_is_new(
    length: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mei, omar = PersonFactory.create(), PersonFactory.create()
    told(omar)
    for number in range(length):
        told(mei, key=f"case:{number}", at=NOON + timedelta(minutes=number))
    with django_assert_num_queries(1):
        keys = [notice.key for notice in inbox_of(mei)]
    assert keys == [f"case:{number}" for number in reversed(range(length))]
    with django_assert_num_queries(1):
        assert unseen_count(mei) == length


@pytest.mark.django_db
def test_a_long_inbox_comes_in_pages() -> None:
    mei = PersonFactory.create()
    for number in range(5):
        told(mei, key=f"case:{number}")
    assert [notice.key for notice in inbox_of(mei, limit=2)] == ["case:4", "case:3"]
    assert [notice.key for notice in inbox_of(mei, limit=2, skip=4)] == ["case:0"]


@pytest.mark.django_db
def test_what_was_seen_keeps_its_first_instant() -> None:
    mei = PersonFactory.create()
    first, second = told(mei, key="case:1"), told(mei, key="case:2")
    assert mark_seen(mei, at=NOON, only=[first.pk]) == 1
    assert mark_seen(mei, at=LATER) == 1
    assert mark_seen(mei, at=LATER) == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.seen_at, second.seen_at, unseen_count(mei)) == (NOON, LATER, 0)


@pytest.mark.django_db
def test_nobody_sees_for_another() -> None:
    mei, omar = PersonFactory.create(), PersonFactory.create()
    notice = told(mei)
    assert mark_seen(omar, at=NOON, only=[notice.pk]) == 0
    assert unseen_count(mei) == 1
