"""Days are read as law writes them, and one day is added at the end."""

from __future__ import annotations

from datetime import date

import pytest

from apps.rulebook.domain.days import day_after, read_day, year_after


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-02-29", None),
        ("2026-1-2", None),
        ("20261122", None),
        ("2026-11-22T00:00", None),
        ("", None),
    ],
)
def test_only_a_calendar_day_is_a_day(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_the_last_day_is_included() -> None:
    assert day_after(date(2026, 12, 31)) == date(2027, 1, 1)
    assert day_after(date.max) is None


def test_twelve_months_after_a_leap_day_end_with_february() -> None:
    assert year_after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert year_after(date(2026, 11, 22)) == date(2027, 11, 22)
