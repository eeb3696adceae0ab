"""What every page behind the sign-in begins with: who asks, when, and nothing kept by caches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from apps.cases.domain.access import CaseNotFound
from apps.engine.refusal import Refusal, Refusals

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one person: the only place where pages look at the clock."""

    request: HttpRequest
    by: User
    at: datetime

    @property
    def on(self) -> date:
        """The day whose law and duties count."""
        return self.at.date()

    @property
    def posted(self) -> QueryDict | None:
        """What was sent, if anything was."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def pressed(self) -> str:
        """The button that sent the form, empty if it has no name."""
        return str(self.request.POST.get("then", ""))


def refused(request: HttpRequest, refusals: tuple[Refusal, ...]) -> HttpResponse:
    """A page that cannot be shown as things stand, and what would mend it."""
    parts = {"refusals": refusals}
    return render(request, "portal/pages/refused.html", parts, status=HTTPStatus.CONFLICT)


Page = Callable[..., HttpResponse]


def page(view: Page) -> Callable[..., HttpResponse]:
    """A page for people who are signed in; what is not theirs to see is not there.

    Times are printed in the time zone of the reader.
    """

    @login_required
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def answer(request: HttpRequest, **places: str) -> HttpResponse:
        if not request.user.is_authenticated:
            raise Http404
        visit = Visit(request, request.user, timezone.now())
        with timezone.override(ZoneInfo(visit.by.time_zone)):
            try:
                return view(visit, **places)
            except CaseNotFound as absent:
                raise Http404 from absent
            except Refusal as refusal:
                return refused(request, (refusal,))
            except Refusals as refusals:
                return refused(request, refusals.items)

    return answer
