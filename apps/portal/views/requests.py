"""My requests: what goes on, what was shared with me, what has ended; and a new one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.cases.domain.intake import open_draft
from apps.cases.domain.queries import own_requests, page_of, shared_requests
from apps.cases.enums import CaseKind
from apps.portal.parts.paging import page_number
from apps.portal.parts.requests import lines_of
from apps.portal.views.entry import Visit, page


@require_safe
@page
def requests(visit: Visit) -> HttpResponse:
    """The requests of a person, those that wait for the person first."""
    shown = page_of(own_requests(visit.by, final=False), page=page_number(visit.request))
    ended = page_of(own_requests(visit.by, final=True))
    shared = shared_requests(visit.by, on=visit.on)
    parts = {
        "listing": shown,
        "going_on": lines_of(shown.cases),
        "shared": lines_of(shared),
        "ended": lines_of(ended.cases),
    }
    return render(visit.request, "portal/pages/requests.html", parts)


@require_POST
@page
def open_request(visit: Visit) -> HttpResponse:
    """A new draft for a visiting researcher, at the first page of its form."""
    case = open_draft(kind=CaseKind.VISIT, by=visit.by, at=visit.at)
    return redirect("portal:write", case.reference)
