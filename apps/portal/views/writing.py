"""Writing a request: one question area a page, then a last look before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.cases.domain.access import get_case
from apps.cases.domain.intake import describe_case, save_facts
from apps.engine.lifecycle import Status, Verb
from apps.portal.forms.acts import ActForm
from apps.portal.parts.deeds import DEEDS, arguments
from apps.portal.parts.drafting import Drafting, drafting_of, lines_elsewhere
from apps.portal.parts.errors import lines_of
from apps.portal.parts.summary import summary_of
from apps.portal.views.entry import Visit, page
from apps.portal.views.posting import Posted, post
from apps.rulebook.domain.editions import in_force
from apps.workflow.domain.case.submit import submit_case
from apps.workflow.domain.permission import may

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.portal.forms.page import PageForm

TAKE_OUT = "out:"  # the button that takes a technology or way out names its id behind this


@require_safe
@page
def write(visit: Visit, reference: str) -> HttpResponse:
    """The first page of the form."""
    case = get_case(visit.by, reference, on=visit.on)
    first = drafting_of(case, in_force(visit.on)).form.pages[0]
    return redirect("portal:step", reference, first.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def step(visit: Visit, reference: str, slug: str) -> HttpResponse:
    """One page: shown, or saved and left for where its button leads."""
    case = get_case(visit.by, reference, on=visit.on)
    law, grows = in_force(visit.on), visit.request.GET.get("more", "")
    drafting = drafting_of(case, law, add=slug if grows else "")
    form = drafting.page_form(slug, visit.posted)
    posted = post(visit, case, form, lambda: _save(visit, drafting, form))
    if posted.done:
        return redirect(_next(visit, drafting_of(case, law), slug, form))
    shown = _shown(drafting_of(posted.case, law, add=slug if grows else ""), slug, form)
    shown |= {"changed": posted.changed, "followed": []}
    if visit.request.GET.get("followed"):
        shown["followed"] = [form[path] for path in drafting.followed(slug)]
    return render(visit.request, "portal/pages/step.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def check(visit: Visit, reference: str) -> HttpResponse:
    """All answers on one page, and the button that sends them."""
    case = get_case(visit.by, reference, on=visit.on)
    if Status(case.status) is not Status.DRAFT:
        return redirect("portal:case", reference)
    form = ActForm(visit.posted, initial={"version": case.version})
    sent = post(
        visit, case, form, lambda: submit_case(case, by=visit.by, at=visit.at, **arguments(form))
    )
    if sent.done:
        messages.success(visit.request, gettext(DEEDS["submit"].done), extra_tags="ok")
        return redirect("portal:case", reference)
    draft = get_case(visit.by, reference, on=visit.on)
    parts = _checked(visit, draft, sent) | {"form": form}
    return render(visit.request, "portal/pages/check.html", parts)


def _checked(visit: Visit, draft: Case, sent: Posted) -> dict[str, object]:
    """All answers of a draft, and what stood in the way of sending it."""
    drafting = drafting_of(draft, in_force(visit.on))
    return {
        "case": draft,
        "steps": drafting.steps(""),
        "parts": summary_of(drafting, change=True),
        "errors": lines_elsewhere(drafting, sent.refused),
        "changed": sent.changed,
        "may_send": may(visit.by, draft, Verb.SUBMIT, on=visit.on),
    }


def _save(visit: Visit, drafting: Drafting, form: PageForm) -> None:
    """Title and summary to the record, everything else to the facts; a section may be taken out."""
    case, version = drafting.case, form.cleaned_data["version"]
    if record := form.record():
        describe_case(case, **record, by=visit.by, version=version, at=visit.at)
        return
    typed = form.facts() | drafting.taken_out(visit.pressed.removeprefix(TAKE_OUT))
    facts = typed | drafting.no_longer_asked(typed)
    save_facts(case, facts, by=visit.by, version=version, at=visit.at)


def _next(visit: Visit, drafting: Drafting, slug: str, form: PageForm) -> str:
    """Where the button leads; questions that follow from the answers keep one on the page."""
    here = drafting.address(slug)
    if visit.pressed.startswith(TAKE_OUT):
        return here
    if visit.pressed == "more":
        return f"{here}?more=1"
    if visit.pressed == "back":
        return drafting.before(slug)
    page = drafting.form.page(slug)
    followed = page is not None and any(one.path not in form.fields for one in page.fields)
    return f"{here}?followed=1" if followed else drafting.after(slug)


def _shown(drafting: Drafting, slug: str, form: PageForm) -> dict[str, object]:
    page = drafting.page(slug)
    return {
        "case": drafting.case,
        "shown": page,
        "groups": list(form.groups(drafting.names(page))),
        "steps": drafting.steps(slug),
        "form": form,
        "errors": lines_of(form),
    }
