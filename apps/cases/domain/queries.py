"""Lists of cases: own requests, shared ones, the queue of an office, each at a fixed cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from apps.accounts.domain.permission import OfficePermissions, permissions_of
from apps.accounts.enums import OfficePermission
from apps.accounts.models import User
from apps.cases.models import Case, CaseShare
from apps.engine.lifecycle import FINAL, Status

PAGE_SIZE: Final = 25
MOST_A_PAGE: Final = 200
OPEN: Final = tuple(sorted(set(Status) - FINAL - {Status.DRAFT}))
_SHOWN: Final = ("owner", "office", "officer", "institution")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What an officer narrows the queue to; what is empty narrows nothing."""

    offices: tuple[int, ...] = ()
    statuses: tuple[Status, ...] = ()
    tiers: tuple[str, ...] = ()
    officer: User | None = None
    unassigned: bool = False
    due_until: date | None = None  # the last day that counts
    text: str = ""  # in number, title or name of the owner


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: its cases, its number from 1, and how many there are in all."""

    cases: Sequence[Case]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def own_requests(person: User, *, final: bool | None = None) -> QuerySet[Case]:
    """The requests a person owns, newest first; `final` narrows to those that ended or go on."""
    mine = Case.objects.filter(owner=person)
    if final is not None:
        ended = Q(status__in=[status.value for status in FINAL])
        mine = mine.filter(ended if final else ~ended)
    return mine.order_by("-created_at", "-pk").select_related(*_SHOWN)


def shared_requests(person: User, *, on: date) -> QuerySet[Case]:
    """The requests shared with a person on a day, newest first."""
    rows = CaseShare.objects.filter(user=person, since__lte=on, until__gt=on)
    ids = set(rows.values_list("content_object_id", flat=True))
    shared = Case.objects.filter(pk__in=sorted(ids))
    return shared.order_by("-created_at", "-pk").select_related(*_SHOWN)


def office_queue(
    person: User,
    *,
    on: date,
    narrowed: QueueFilter = QueueFilter(),
    permissions: OfficePermissions | None = None,
) -> QuerySet[Case]:
    """What waits at the offices where a person may view requests, most urgent first.

    Without a day due stands last; equal days are in order of number, so that pages never overlap.
    """
    held = permissions_of(person, on=on) if permissions is None else permissions
    allowed = held.offices(OfficePermission.VIEW_CASES)
    offices = [one for one in allowed if not narrowed.offices or one in narrowed.offices]
    statuses = narrowed.statuses or OPEN
    return (
        Case.objects.filter(office_id__in=offices, status__in=[word.value for word in statuses])
        .filter(_narrowing(narrowed))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
        .select_related(*_SHOWN)
    )


def page_of(cases: QuerySet[Case], *, page: int = 1, size: int = PAGE_SIZE) -> Listing:
    """One page of a list in two queries; a page beyond the last one is the last one."""
    size = min(max(size, 1), MOST_A_PAGE)
    total = cases.count()
    last = max(1, -(-total // size))
    number = min(max(page, 1), last)
    rows = list(cases[(number - 1) * size : number * size])
    return Listing(rows, number, size, total)


def _narrowing(narrowed: QueueFilter) -> Q:
    wanted = Q()
    if narrowed.tiers:
        wanted &= Q(tier__in=narrowed.tiers)
    if narrowed.officer is not None:
        wanted &= Q(officer=narrowed.officer)
    if narrowed.unassigned:
        wanted &= Q(officer__isnull=True)
    if narrowed.due_until is not None:
        wanted &= Q(due_on__lte=narrowed.due_until)
    for word in narrowed.text.replace("\x00", " ").split():
        wanted &= (
            Q(reference__icontains=word)
            | Q(title__icontains=word)
            | Q(owner__display_name__icontains=word)
        )
    return wanted
