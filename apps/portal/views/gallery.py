"""The gallery: every component on one page, with sample data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.engine.lifecycle import Status
from apps.portal import samples
from apps.portal.forms.sample import SampleForm
from apps.portal.parts.marks import OUTCOMES
from apps.portal.parts.matrix import matrix_of
from apps.portal.parts.names import names_in
from apps.portal.parts.reasons import reasons_of, tested_in_vain
from apps.portal.parts.trace import trace_of


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its states; no case data."""
    answer = samples.RULES
    matrix = matrix_of(
        samples.EXPOSED, names=names_in(samples.FACTS), regime="US-EAR", opened=samples.OPENED
    )
    parts = {
        "samples": samples,
        "outcomes": OUTCOMES,
        "statuses": list(Status),
        "matrix": matrix,
        "stages": trace_of(answer, opened="sample.chart"),
        "reasons": reasons_of(answer, {}),
        "tested": tested_in_vain(answer),
        "form": SampleForm({"energy": "high", "home": "none"}),
    }
    return render(request, "portal/pages/gallery.html", parts)
