"""One page for every verb: what it needs, why it may not be done, and then it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from apps.cases.domain.access import get_case
from apps.portal.parts.case_page import is_requester
from apps.portal.parts.deeds import DEEDS, Asked, Deed, arguments
from apps.portal.parts.errors import lines_of
from apps.portal.parts.opinion import memo_of
from apps.portal.views.entry import Visit, page
from apps.portal.views.posting import Posted, post
from apps.workflow.domain.permission import may
from apps.workflow.domain.standing import standing_of


@require_http_methods(["GET", "HEAD", "POST"])
@page
def act(visit: Visit, reference: str, slug: str) -> HttpResponse:
    """Show what a verb needs, or do it and go back to the case."""
    if (deed := DEEDS.get(slug)) is None:
        raise Http404
    case = get_case(visit.by, reference, on=visit.on)
    form = deed.form(Asked(case, visit.by, visit.on, visit.posted))
    made = post(
        visit, case, form, lambda: deed.do(case, by=visit.by, at=visit.at, **arguments(form))
    )
    if made.done:
        messages.success(visit.request, gettext(deed.done), extra_tags="ok")
        return redirect("portal:case", reference)
    parts = _shown(visit, deed, made) | {
        "form": form,
        "errors": lines_of(form),
        "typed": form.typed(),
    }
    return render(visit.request, "portal/pages/act.html", parts)


def _shown(visit: Visit, deed: Deed, made: Posted) -> dict[str, object]:
    """What stands around the form: the case, who changed it, and the memo for the office."""
    case = made.case
    requester = is_requester(standing_of(visit.by, case, on=visit.on))
    return {
        "case": case,
        "deed": deed,
        "changed": made.changed,
        "permission": may(visit.by, case, deed.verb, on=visit.on),
        "layout": "portal/public.html" if requester else "portal/office.html",
        "memo": None if requester else memo_of(case),
    }
