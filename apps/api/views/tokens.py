"""Tokens: get one with a password, see one's own, end one."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from apps.api.asking import moment, person_of
from apps.api.domain.tokens import issue_with_password, revoke_token, tokens_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.tokens import IssuedShown, TokenInput, TokenShown
from apps.api.signin import BearerToken, BrowserSession
from apps.api.throttling import ByAccount, ByAddress
from apps.api.views.base import Endpoint


class Tokens(Endpoint):
    """Issue a token with a password; list one's own tokens, without their secrets."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_tokens", shows=TokenShown, many=True),
        "POST": Operation(
            name="issue_token", reads=TokenInput, shows=IssuedShown, status=201, refuses=(401, 429)
        ),
    }

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Whoever asks for a token is not signed in yet, and carries no CSRF token."""
        return [] if self._issues() else [BearerToken(), BrowserSession()]

    def get_permissions(self) -> list[BasePermission]:
        """The password is the permission."""
        return [AllowAny()] if self._issues() else [IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """Guessing passwords is slow."""
        return [ByAddress(), ByAccount()] if self._issues() else []

    def get(self, request: Request) -> Response:
        """My tokens, newest first."""
        return self.show(request, tokens_of(person_of(request)))

    def post(self, request: Request) -> Response:
        """A new token; its secret is shown this once."""
        return self.show(request, issue_with_password(**self.given(request), at=moment()))

    def _issues(self) -> bool:
        return self.request is not None and self.request.method == "POST"


class Token(Endpoint):
    """One token of one's own."""

    operations: ClassVar[Operations] = {
        "DELETE": Operation(name="revoke_token", shows=TokenShown, refuses=(404,))
    }

    def delete(self, request: Request, token: UUID) -> Response:
        """End a token at once."""
        return self.show(request, revoke_token(person_of(request), token, at=moment()))
