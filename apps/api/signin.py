"""Who is asking: a bearer token, or a signed-in session with its CSRF token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from apps.api.domain.tokens import find_token
from apps.engine.refusal import Refusal

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.api.models import ApiToken


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer cst_...`; an unknown, ended or revoked token is refused alike."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token; None when the request carries no bearer token."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = find_token(secret.strip(), at=timezone.now())
        if token is None:
            raise AuthenticationFailed("This token is not known, has ended or was revoked.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """How to sign in; makes the answer 401 instead of 403."""
        return 'Bearer realm="collabscreen"'


class BrowserSession(SessionAuthentication):
    """A session begun on the sign-in page; writing needs its CSRF token in `X-CSRFToken`."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuse a write that another site may have sent."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise Refusal(
                "csrf_failed",
                "A signed-in session writes only with its CSRF token.",
                where="X-CSRFToken",
                remedy="Send the value of the cookie `csrftoken`, or use a bearer token.",
            ) from None
