"""The OpenAPI document of this API."""

from __future__ import annotations

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.snapshot import drawn
from apps.api.views.base import Endpoint


class Schema(Endpoint):
    """What can be asked here; it tells nothing of anybody, so nobody need sign in."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        """The document as JSON."""
        return Response(drawn())
