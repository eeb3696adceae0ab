"""What every answer carries: an id to find it in the log, and headers that keep pages closed."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

# No inline script or style, no other origin, no framing: what a page needs lies in our static
# files. `data:` serves the small marks the style sheets draw.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Next = Callable[[HttpRequest], HttpResponse]
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="-")


class RequestId:
    """Gives each request an id (kept from X-Request-ID when well formed) and returns it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of what lies inside, with its id."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = current_request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response


class RequestIdFilter(logging.Filter):
    """Writes the id of the request being answered on every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record pass, with `request_id` set."""
        record.request_id = current_request_id.get()
        return True


class SecurityHeaders:
    """Adds the content security policy and its companions to every answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of what lies inside, with the headers it did not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
