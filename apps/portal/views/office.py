"""The queue of an office, and the notices of a person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.domain.permission import permissions_of
from apps.accounts.enums import OfficePermission
from apps.cases.domain.queries import office_queue, page_of
from apps.notices.domain.inbox import inbox_of, mark_seen
from apps.portal.parts.paging import page_number
from apps.portal.parts.queue import chips_of, groups_of, narrowed_by
from apps.portal.views.entry import Visit, page
from apps.screening.domain.queries import open_counts

OFFICE_PAGE = 50


@require_safe
@page
def queue(visit: Visit) -> HttpResponse:
    """What waits at the person's offices, most urgent first."""
    held = permissions_of(visit.by, on=visit.on)
    if not held.offices(OfficePermission.VIEW_CASES):
        raise Http404
    asked = visit.request.GET
    narrowed = narrowed_by(asked, visit.by)
    cases = office_queue(visit.by, on=visit.on, narrowed=narrowed, permissions=held)
    listing = page_of(cases, page=page_number(visit.request), size=OFFICE_PAGE)
    groups = groups_of(listing.cases, opened=open_counts(listing.cases), on=visit.on)
    parts = {"listing": listing, "groups": groups, "chips": chips_of(asked), "narrowed": narrowed}
    return render(visit.request, "portal/pages/queue.html", parts)


@require_safe
@page
def notices(visit: Visit) -> HttpResponse:
    """What a person was told, newest first."""
    return render(visit.request, "portal/pages/notices.html", {"notices": inbox_of(visit.by)})


@require_POST
@page
def see_notices(visit: Visit) -> HttpResponse:
    """Mark every notice as seen."""
    mark_seen(visit.by, at=visit.at)
    return redirect("portal:notices")
