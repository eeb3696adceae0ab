"""The way in: officers to their queue, everybody else to their requests."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from apps.accounts.domain.permission import permissions_of
from apps.accounts.enums import OfficePermission
from apps.portal.views.entry import Visit, page


@require_safe
@page
def home(visit: Visit) -> HttpResponse:
    """On to the list a person works from."""
    held = permissions_of(visit.by, on=visit.on)
    works = held.offices(OfficePermission.WORK_ON_CASES)
    return redirect("portal:queue" if works else "portal:requests")
