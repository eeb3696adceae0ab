"""The page of one case: for its requester the answer and what now, for the office the proof."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.cases.domain.access import get_case
from apps.engine.lifecycle import Status
from apps.portal.deeds import DEEDS, Asked
from apps.portal.parts.actions import buttons_of
from apps.portal.parts.case_page import case_page_of, is_requester, office_part_of
from apps.portal.parts.due import due_of
from apps.portal.views.entry import Visit, page
from apps.workflow.domain.standing import standing_of


@require_safe
@page
def case(visit: Visit, reference: str) -> HttpResponse:
    """A case as its reader may see it; a draft is read where it is written."""
    found = get_case(visit.by, reference, on=visit.on)
    if Status(found.status) is Status.DRAFT:
        return redirect("portal:check", reference)
    asked = visit.request.GET
    requester = is_requester(standing_of(visit.by, found, on=visit.on))
    buttons = buttons_of(visit.by, found, on=visit.on)
    parts = {
        "case": found,
        "shown": case_page_of(
            found, key=asked.get("cell", ""), regime=asked.get("regime", ""), requester=requester
        ),
        "buttons": [one for one in buttons if not one.why_not],
        "shut": [one for one in buttons if one.why_not],
        "due": due_of(found.due_on, on=visit.on),
    }
    if requester:
        parts["answer"] = DEEDS["answer"].form(Asked(found, visit.by, visit.on))
        return render(visit.request, "portal/pages/case_requester.html", parts)
    parts["office"] = office_part_of(found)
    return render(visit.request, "portal/pages/case_office.html", parts)
