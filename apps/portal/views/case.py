"""The page of one case: for its requester the answer and what now, for the office the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.cases.domain.access import get_case
from apps.engine.lifecycle import Actor, Role, Status
from apps.portal.parts.actions import buttons_of
from apps.portal.parts.case_page import (
    OfficePart,
    case_page_of,
    is_requester,
    matters_of,
    office_part_of,
)
from apps.portal.parts.deeds import DEEDS, Asked
from apps.portal.parts.due import due_of
from apps.portal.parts.proof import Place
from apps.portal.views.entry import Visit, page
from apps.workflow.domain.actions import actions_for
from apps.workflow.domain.standing import standing_of

if TYPE_CHECKING:
    from apps.cases.models import Case


@require_safe
@page
def case(visit: Visit, reference: str) -> HttpResponse:
    """A case as its reader may see it; a draft is read where it is written."""
    found = get_case(visit.by, reference, on=visit.on)
    if Status(found.status) is Status.DRAFT:
        return redirect("portal:check", reference)
    standing = standing_of(visit.by, found, on=visit.on)
    yours = is_requester(standing)
    if standing.roles - {Role.RESEARCHER} and not yours:
        parts = _shown(visit, found, standing, office=office_part_of(found))
        return render(visit.request, "portal/pages/case_office.html", parts)
    parts = _shown(visit, found, standing, office=None) | {"yours": yours}
    if yours:
        parts["answer"] = DEEDS["answer"].form(Asked(found, visit.by, visit.on))
    return render(visit.request, "portal/pages/case_requester.html", parts)


def _shown(
    visit: Visit, case: Case, standing: Actor, *, office: OfficePart | None
) -> dict[str, object]:
    """What both readers see, in the words of the one who reads."""
    asked = visit.request.GET
    place = Place(*(asked.get(name, "") for name in ("cell", "regime", "rule")))
    shown = case_page_of(case, place, requester=office is None)
    actions = actions_for(visit.by, case, on=visit.on, standing=standing)
    buttons = buttons_of(actions, case, matters_of(shown, office))
    return {
        "case": case,
        "shown": shown,
        "office": office,
        "buttons": [one for one in buttons if not one.why_not],
        "shut": [one for one in buttons if one.why_not],
        "due": due_of(case.due_on, on=visit.on),
    }
