"""The way of a request as six stops, each with the day it was reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.engine.lifecycle import Status

if TYPE_CHECKING:
    from apps.portal.parts.history import HistoryLine

#: Name of a stop and the verbs that reach it.
STOPS: tuple[tuple[str, frozenset[str]], ...] = (
    (_("Sent"), frozenset({"submit"})),
    (_("Checked"), frozenset({"screened", "clear"})),
    (_("With the office"), frozenset({"screened"})),
    (_("Under review"), frozenset({"take"})),
    (_("Final check"), frozenset({"recommend"})),
    (_("Decision"), frozenset({"clear", "approve", "decide", "countersign"})),
)
#: The stop at which a status stands.
AT: dict[Status, int] = {
    Status.SCREENING: 1,
    Status.SCREENING_INCOMPLETE: 1,
    Status.TRIAGE: 2,
    Status.IN_REVIEW: 3,
    Status.AWAITING_REQUESTER: 3,
    Status.REFERRED: 3,
    Status.AWAITING_COUNTERSIGN: 4,
}
DONE = len(STOPS)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: `done`, `now` or `todo`, and the day under its name."""

    state: str
    name: str
    below: str


def track_of(status: Status, history: Iterable[HistoryLine]) -> tuple[Stop, ...]:
    """The stops of a request that is on its way or decided."""
    told = list(history)
    now = AT.get(status, DONE)
    if status is Status.AWAITING_REQUESTER and not any(line.verb == "take" for line in told):
        now = AT[Status.TRIAGE]
    return tuple(_stops(now, told))


def _stops(now: int, history: list[HistoryLine]) -> Iterator[Stop]:
    for place, (name, verbs) in enumerate(STOPS):
        reached = next((line for line in history if line.verb in verbs), None)
        state = "done" if place < now else "now" if place == now else "todo"
        day = _day(reached) if reached is not None and place <= now else ""
        if state != "done" or reached is not None:
            yield Stop(state, gettext(name), day)


def _day(line: HistoryLine) -> str:
    return str(date_format(timezone.localtime(line.at), "j M, H:i"))
