"""Working days: weekends do not count, pauses give back what was left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.engine.edition import compile_edition
from apps.engine.rows import Rows
from apps.routing.domain.deadlines import (
    office_due,
    reply_due,
    resumed_due,
    working_days_after,
    working_days_between,
)
from tests.factories.law import small_rows

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [(FRIDAY, 0, FRIDAY), (FRIDAY, 1, MONDAY), (FRIDAY, 5, date(2026, 12, 4)),
     (date(2026, 11, 28), 1, MONDAY), (MONDAY, 10, date(2026, 12, 14))],
)  # fmt: skip
def test_the_day_after_so_many_working_days(start: date, number: int, end: date) -> None:
    assert working_days_after(start, number) == end


@given(days, st.integers(0, 60))
def test_counting_forth_and_back_agree(start: date, number: int) -> None:
    assert working_days_between(start, working_days_after(start, number)) == number


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(first), start + timedelta(first + second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)


@given(days, st.integers(1, 60))
def test_a_plain_count_of_each_day_agrees(start: date, number: int) -> None:
    each = [start + timedelta(day) for day in range(1, number + 1)]
    counted = sum(day.isoweekday() <= 5 for day in each)
    assert working_days_between(start, start + timedelta(number)) == counted


def test_a_pause_gives_back_the_days_that_were_left() -> None:
    due = date(2026, 12, 4)
    assert resumed_due(due, paused=MONDAY, resumed=date(2026, 12, 14)) == date(2026, 12, 18)
    assert resumed_due(due, paused=date(2026, 12, 7), resumed=MONDAY) == MONDAY
    assert resumed_due(None, paused=MONDAY, resumed=MONDAY) is None


def test_targets_stand_in_the_edition_and_may_be_absent() -> None:
    law = compile_edition(small_rows(), id="small", on=MONDAY)
    assert office_due(law, "T2", on=MONDAY) == date(2026, 12, 7)
    assert reply_due(law, on=MONDAY) == date(2026, 12, 28)
    bare = compile_edition(Rows(), id="bare", on=MONDAY)
    assert (office_due(bare, "T2", on=MONDAY), reply_due(bare, on=MONDAY)) == (None, None)
