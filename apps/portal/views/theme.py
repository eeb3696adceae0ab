"""Light or dark, as the reader chose it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from apps.portal.parts.frame import THEME_COOKIE, THEMES

ONE_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and go back to the page it was made on."""
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if own else "portal:home")
    if (theme := request.POST.get("theme", "")) in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response
