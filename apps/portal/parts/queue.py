"""The queue of an office: cases in groups by what is due, and the filters above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from apps.cases.domain.queries import QueueFilter
from apps.engine.lifecycle import STAGES, Status, Waits
from apps.portal.parts.due import Due, due_of

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.cases.models import Case

WEEK = 7
TIERS = ("T0", "T1", "T2", "T3", "T4")
WAITING = tuple(
    status
    for status, stage in STAGES.items()
    if stage.waits in (Waits.REQUESTER, Waits.AUTHORITY) and not stage.final
)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case, when it is due, and whether its answer is open."""

    case: Case
    due: Due
    outcome: str


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Cases with the same urgency."""

    name: str
    hot: bool
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: its word, the address that switches it, and whether it is on."""

    word: str
    href: str
    on: bool


def narrowed_by(asked: QueryDict, person: User) -> QueueFilter:
    """The filter that an address asks for; words it does not know narrow nothing."""
    whose = asked.get("whose", "")
    return QueueFilter(
        statuses=WAITING if asked.get("waiting") else (),
        tiers=tuple(tier for tier in asked.getlist("tier") if tier in TIERS),
        officer=person if whose == "mine" else None,
        unassigned=whose == "nobody",
        text=str(asked.get("q", ""))[:100],
    )


def groups_of(
    cases: Iterable[Case], *, opened: Mapping[int, int], on: date
) -> tuple[QueueGroup, ...]:
    """The cases of a page in groups: past target, today, this week, later, waiting.

    `opened` says by case how many cells are open: an open answer is shown as open.
    """
    named = sorted(((_group(case, on), case) for case in cases), key=lambda pair: pair[0])
    return tuple(
        QueueGroup(
            _name(place),
            place == 0,
            tuple(_row(case, opened, on) for _place, case in rows),
        )
        for place, rows in groupby(named, key=lambda pair: pair[0])
    )


def standing_outcome(case: Case, opened: Mapping[int, int]) -> str:
    """The outcome of a case as a list shows it; open while any cell of it is open."""
    return "needs_information" if case.outcome and opened.get(case.pk) else case.outcome


def _row(case: Case, opened: Mapping[int, int], on: date) -> QueueRow:
    return QueueRow(case, due_of(case.due_on, on=on), standing_outcome(case, opened))


def chips_of(asked: QueryDict) -> tuple[Chip, ...]:
    """The filters above the queue, each a plain link that switches it on or off."""
    return tuple(_chips(asked))


def _chips(asked: QueryDict) -> Iterator[Chip]:
    yield _chip(asked, "whose", "mine", gettext("Mine"))
    yield _chip(asked, "whose", "nobody", gettext("Nobody’s yet"))
    yield _chip(asked, "waiting", "1", gettext("Waiting on others"))
    for tier in TIERS:
        yield _chip(asked, "tier", tier, tier)


def _chip(asked: QueryDict, name: str, value: str, word: str) -> Chip:
    on = asked.get(name) == value
    kept = {key: text for key, text in asked.items() if key in ("whose", "waiting", "tier", "q")}
    wanted = {key: text for key, text in kept.items() if key != name} | (
        {} if on else {name: value}
    )
    return Chip(word, "?" + urlencode(wanted), on)


def _group(case: Case, on: date) -> int:
    waits = STAGES[Status(case.status)].waits
    if waits is Waits.NOBODY:
        return 5
    if Status(case.status) in WAITING:
        return 4
    if case.due_on is None or case.due_on > on + timedelta(days=WEEK):
        return 3
    return 0 if case.due_on < on else 1 if case.due_on == on else 2


def _name(place: int) -> str:
    return (
        gettext("Past target"),
        gettext("Due today"),
        gettext("This week"),
        gettext("Later"),
        gettext("Waiting on others, clock stopped"),
        gettext("Decided"),
    )[place]
