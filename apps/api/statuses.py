"""Which HTTP status answers which stable refusal code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

BY_CODE: Mapping[str, HTTPStatus] = {
    "malformed_json": HTTPStatus.BAD_REQUEST,
    "repeated_key": HTTPStatus.BAD_REQUEST,
    "too_deep": HTTPStatus.BAD_REQUEST,
    "forbidden_character": HTTPStatus.BAD_REQUEST,
    "not_a_plain_number": HTTPStatus.BAD_REQUEST,
    "bad_request": HTTPStatus.BAD_REQUEST,
    "bad_idempotency_key": HTTPStatus.BAD_REQUEST,
    "bad_version": HTTPStatus.BAD_REQUEST,
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "sign_in_refused": HTTPStatus.UNAUTHORIZED,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "csrf_failed": HTTPStatus.FORBIDDEN,
    "not_entitled": HTTPStatus.FORBIDDEN,
    "not_yours_to_answer": HTTPStatus.FORBIDDEN,
    "conflicted": HTTPStatus.FORBIDDEN,
    "person_required": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "not_determined": HTTPStatus.NOT_FOUND,
    "case_not_found": HTTPStatus.NOT_FOUND,
    "token_not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "not_acceptable": HTTPStatus.NOT_ACCEPTABLE,
    "stale_version": HTTPStatus.CONFLICT,
    "not_from_here": HTTPStatus.CONFLICT,
    "not_answerable": HTTPStatus.CONFLICT,
    "already_asked": HTTPStatus.CONFLICT,
    "already_met": HTTPStatus.CONFLICT,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "version_required": HTTPStatus.PRECONDITION_REQUIRED,
    "throttled": HTTPStatus.TOO_MANY_REQUESTS,
    "no_edition": HTTPStatus.SERVICE_UNAVAILABLE,
    "edition_altered": HTTPStatus.SERVICE_UNAVAILABLE,
    "server_fault": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(codes: Iterable[str]) -> HTTPStatus:
    """The status of one answer: that of its codes if they agree, else 422: read, and refused."""
    found = {_status_of(code) for code in codes}
    return found.pop() if len(found) == 1 else HTTPStatus.UNPROCESSABLE_ENTITY


def _status_of(code: str) -> HTTPStatus:
    """A guard that is not met is a matter of where the case stands, not of what was sent."""
    if code.startswith("unmet_"):
        return HTTPStatus.CONFLICT
    return BY_CODE.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)
