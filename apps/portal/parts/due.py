"""When a case is due, in words and as a small bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

WIDTH = 28  # of the drawing
SOON = 2  # days in which a case turns amber
HORIZON = 28  # days at which the bar is empty


@dataclass(frozen=True, slots=True)
class Due:
    """Words and tone (`hot` past due, `am` soon, `ok`), and how much of the bar is filled."""

    words: str
    tone: str
    on: date | None
    share: int | None


def due_of(due_on: date | None, *, on: date) -> Due:
    """How a due day looks on a day."""
    if due_on is None:
        return Due("–", "", None, None)
    left = (due_on - on).days
    if left < 0:
        over = ngettext("%(n)d day over", "%(n)d days over", -left) % {"n": -left}
        return Due(over, "hot", due_on, WIDTH)
    share = max(1, WIDTH - left * WIDTH // HORIZON)
    if left == 0:
        return Due(gettext("today"), "am", due_on, share)
    words = date_format(due_on, "j M")
    return Due(words, "am" if left <= SOON else "ok", due_on, share)
