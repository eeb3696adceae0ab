"""History is read back as plain data, oldest first, by one query."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.audit.domain.history import events_of, latest_of
from tests.factories.audit import MORNING, happened


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 3, 12])
def test_one_query_reads_a_subject_however_long_its_history_is(
    length: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    happened("case:CS-2026-0001", times=length)
    happened("case:CS-2026-0002")
    with django_assert_num_queries(1):
        told = events_of("case:CS-2026-0001")
    assert [entry.seq for entry in told] == [*range(1, length + 1)]
    assert told[0].at == MORNING


@pytest.mark.django_db
def test_a_page_can_ask_for_what_is_new_only() -> None:
    happened(times=3)
    assert [entry.seq for entry in events_of("case:CS-2026-0001", after=2)] == [3]


@pytest.mark.django_db
@pytest.mark.parametrize("subjects", [1, 3, 12])
def test_one_query_tells_what_happened_last_to_each(
    subjects: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"case:CS-2026-{number:04}" for number in range(subjects)]
    for name in names:
        happened(name, times=2)
    with django_assert_num_queries(1):
        latest = latest_of([*names, "case:CS-2026-9999"])
    assert {name: entry.seq for name, entry in latest.items()} == dict.fromkeys(names, 2)
