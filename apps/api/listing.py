"""Turn the filter of a request into one of the lists of cases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from apps.accounts.domain.queries import office_called
from apps.cases.domain.queries import (
    Listing,
    QueueFilter,
    office_queue,
    own_requests,
    page_of,
    shared_requests,
)

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.cases.models import Case


def list_cases(person: User, asked: dict[str, Any], *, on: date) -> Listing:
    """One page of the list that was asked for; raises Refusal unknown_office."""
    cases = _cases(person, asked, on=on)
    return page_of(cases, page=asked["page"], size=asked["size"])


def _cases(person: User, asked: dict[str, Any], *, on: date) -> QuerySet[Case]:
    match asked["scope"]:
        case "office":
            return office_queue(person, on=on, narrowed=_narrowed(person, asked))
        case "shared":
            return shared_requests(person, on=on)
        case _:
            return own_requests(person, final=asked.get("final"))


def _narrowed(person: User, asked: dict[str, Any]) -> QueueFilter:
    office, assigned = asked.get("office"), asked.get("assigned")
    return QueueFilter(
        offices=(office_called(office).pk,) if office else (),
        statuses=tuple(asked.get("status", ())),
        tiers=tuple(asked.get("tier", ())),
        officer=person if assigned == "me" else None,
        unassigned=assigned == "nobody",
        due_until=asked.get("due_until"),
        text=asked.get("text", ""),
    )
