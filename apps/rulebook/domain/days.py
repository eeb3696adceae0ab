"""Days as law is written, first and last included; inside the house intervals are half-open."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """The day written as `2026-11-22`, or None if there is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_after(last: date) -> date | None:
    """The first day on which something that lasts through `last` no longer holds."""
    return None if last == date.max else last + timedelta(days=1)


def year_after(day: date) -> date:
    """The same day twelve months later; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
