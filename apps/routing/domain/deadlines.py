"""Counts working days and finds the day by which an office or a requester is due."""

from __future__ import annotations

from datetime import date, timedelta

from apps.engine.edition import Edition

SATURDAY = 5
REPLY = "reply_days"


def working_days_after(day: date, number: int) -> date:
    """The day that many working days later; Saturdays and Sundays do not count."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after the first day, the last one counted; none if it is over."""
    days = max(0, (last - first).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum(
        (first + timedelta(days=weeks * 7 + extra)).weekday() < SATURDAY
        for extra in range(1, rest + 1)
    )


def office_due(edition: Edition, tier: str, *, on: date) -> date | None:
    """By when the office means to decide a case of a tier; None where no target is set."""
    return _due(edition, f"office_days_{tier}", on)


def reply_due(edition: Edition, *, on: date) -> date | None:
    """The last day for the requester's answer; None where the edition sets no limit."""
    return _due(edition, REPLY, on)


def resumed_due(due_on: date | None, *, paused: date, resumed: date) -> date | None:
    """The office's day after a pause: what was left of its working days when it began."""
    if due_on is None:
        return None
    return working_days_after(resumed, working_days_between(paused, due_on))


def _due(edition: Edition, name: str, on: date) -> date | None:
    target = edition.law.tables.thresholds.get(name)
    return None if target is None else working_days_after(on, int(target.value))
