"""Guessing passwords is slow, and whoever guesses elsewhere locks nobody out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from apps.accounts.domain.guessing import MOST_FROM_ADDRESS, may_try, note_failure

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
ROSA = "rosa@example.org"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def tried(email: str, times: int, address: str = HERE) -> list[bool]:
    """Whether each of some attempts in a row was let through; all of them fail."""
    found = []
    for _ in range(times):
        found.append(may_try(email, address=address))
        note_failure(email, address=address)
    return found


def test_after_five_failures_nobody_may_try_that_account_from_there() -> None:
    assert tried(ROSA, 6) == [True] * 5 + [False]
    assert may_try(f" {ROSA.upper()}", address=HERE) is False


def test_the_account_stays_open_from_elsewhere_and_other_accounts_from_there() -> None:
    tried(ROSA, 5)
    assert may_try(ROSA, address=ELSEWHERE) is True
    assert may_try("tom@example.org", address=HERE) is True


def test_one_address_may_not_go_through_many_accounts() -> None:
    for place in range(MOST_FROM_ADDRESS):
        note_failure(f"{place}@example.org", address=HERE)
    assert may_try("another@example.org", address=HERE) is False
    assert may_try("another@example.org", address=ELSEWHERE) is True


def test_a_minute_that_ends_while_a_failure_is_counted_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apps.accounts.domain.guessing.MINUTE", 0)
    note_failure(ROSA, address=HERE)
    assert may_try(ROSA, address=HERE) is True
