"""Every refusal of the API as one shape: application/problem+json (RFC 9457) with a stable code."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.api.statuses import status_of
from apps.api.wording import refusals_of
from apps.engine.refusal import Refusal, Refusals

PROBLEM_TYPE = "application/problem+json"
NOT_FOUND = Refusal(
    "not_found", "There is nothing at this address.", remedy="See /api/v1/schema for what there is."
)
SERVER_FAULT = Refusal(
    "server_fault",
    "Something went wrong on our side; nothing was saved.",
    remedy="Try again; if it stays, tell the office and name the time of this answer.",
)
log = logging.getLogger(__name__)

SAID: Mapping[type[Exception], Refusal] = {
    exceptions.NotAuthenticated: Refusal(
        "not_signed_in",
        "Sign in first.",
        remedy="Send `Authorization: Bearer TOKEN`, or use a signed-in session.",
    ),
    exceptions.PermissionDenied: Refusal("not_allowed", "You may not do this."),
    PermissionDenied: Refusal("not_allowed", "You may not do this."),
    exceptions.NotFound: NOT_FOUND,
    Http404: NOT_FOUND,
    RequestDataTooBig: Refusal(
        "too_large", "The request is too large.", remedy="Send at most 1 MB."
    ),
    SuspiciousOperation: Refusal("bad_request", "The request could not be read."),
}
CODES: Mapping[type[Exception], str] = {
    exceptions.AuthenticationFailed: "sign_in_refused",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.ParseError: "malformed_json",
    exceptions.Throttled: "throttled",
}


def answer_problem(exc: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler: whatever was raised, as a problem.

    An unforeseen fault is logged and reported, never shown.
    """
    request = context.get("request")
    found = read_refusals(exc)
    if not found:
        log.error("unforeseen fault in the API", exc_info=exc)
        got_request_exception.send(sender=None, request=getattr(request, "_request", request))
        found = (SERVER_FAULT,)
    set_rollback()
    return problem(found, instance=getattr(request, "path", ""), headers=headers_of(exc))


def problem(
    found: Sequence[Refusal], *, instance: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer for one or several refusals; `code` is theirs when they agree, else `invalid`."""
    codes = {item.code for item in found}
    code = found[0].code if len(codes) == 1 else "invalid"
    status = status_of(codes)
    body = {
        "type": f"urn:collabscreen:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": int(status),
        "detail": " ".join(str(item) for item in found[:3]),
        "code": code,
        "errors": [item.as_dict() for item in found],
        "instance": instance,
    }
    return Response(body, status=status, content_type=PROBLEM_TYPE, headers=dict(headers or {}))


def read_refusals(exc: Exception) -> tuple[Refusal, ...]:
    """What an exception says in the words of the project; empty for one nobody foresaw."""
    if isinstance(exc, Refusal):
        return (exc,)
    if isinstance(exc, Refusals):
        return exc.items
    if isinstance(exc, exceptions.ValidationError):
        return refusals_of(exc)
    for kind, said in SAID.items():
        if isinstance(exc, kind):
            return (said,)
    for kind, code in CODES.items():
        if isinstance(exc, kind):
            return (Refusal(code, str(getattr(exc, "detail", exc))),)
    return ()


def headers_of(exc: Exception) -> dict[str, str]:
    """The headers a refusal owes: how to sign in, when to come back."""
    headers: dict[str, str] = {}
    if sign_in := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = sign_in
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return headers
