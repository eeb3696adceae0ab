"""Every refusal has one shape, a stable code and the right status."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from django.test import Client
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.api.parsing import LARGEST
from apps.api.problems import PROBLEM_TYPE, answer_problem
from apps.engine.refusal import Refusal, Refusals
from tests.api.conftest import PASSWORD

ERROR = {"code", "file", "line", "path", "found", "valid", "message", "remedy"}
PROBLEM = {"type", "title", "status", "detail", "code", "errors", "instance"}
TOKENS = "/api/v1/tokens"


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (Refusal("stale_version", "Changed."), 409, "stale_version"),
        (Refusal("not_allowed", "No."), 403, "not_allowed"),
        (Refusal("case_not_found", "No."), 404, "case_not_found"),
        (Refusal("unknown_country", "No."), 422, "unknown_country"),
        (Refusals([Refusal("a", "A."), Refusal("b", "B.")]), 422, "invalid"),
        (Refusals([Refusal("too_deep", "A."), Refusal("too_deep", "B.")]), 400, "too_deep"),
        (exceptions.NotAuthenticated(), 401, "not_signed_in"),
        (exceptions.AuthenticationFailed(), 401, "sign_in_refused"),
        (exceptions.PermissionDenied(), 403, "not_allowed"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=3), 429, "throttled"),
        (Http404(), 404, "not_found"),
        (RequestDataTooBig(), 413, "too_large"),
        (SuspiciousOperation(), 400, "bad_request"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_each_refusal_has_its_status_and_code(raised: Exception, status: int, code: str) -> None:
    answer = answer_problem(raised, {})
    assert (answer.status_code, answer.data["code"], answer.data["status"]) == (
        status,
        code,
        status,
    )
    assert answer.content_type == PROBLEM_TYPE
    assert set(answer.data) == PROBLEM
    assert answer.data["type"] == f"urn:collabscreen:problem:{code}"
    assert all(set(error) == ERROR for error in answer.data["errors"])


def test_an_unforeseen_fault_tells_nothing_of_itself_and_is_reported() -> None:
    heard: list[object] = []
    got_request_exception.connect(lambda **told: heard.append(told), weak=False, dispatch_uid="t")
    try:
        answer = answer_problem(ZeroDivisionError("secret detail"), {})
    finally:
        got_request_exception.disconnect(dispatch_uid="t")
    assert (answer.status_code, answer.data["code"], len(heard)) == (500, "server_fault", 1)
    assert "secret" not in json.dumps(answer.data)


def test_every_complaint_of_a_form_has_its_path() -> None:
    complaints = {
        "version": [ErrorDetail("A valid integer is required.", "invalid")],
        "questions": [{}, {"fact": [ErrorDetail("Required.", "required")]}],
        "status": {1: [ErrorDetail("No.", "invalid_choice")]},
        "non_field_errors": [ErrorDetail("Both.", "both")],
    }
    answer = answer_problem(ValidationError(complaints), {})
    assert [(error["path"], error["code"]) for error in answer.data["errors"]] == [
        ("version", "wrong_type"),
        ("questions[1].fact", "missing_field"),
        ("status[1]", "not_a_choice"),
        ("", "both"),
    ]


def post(client: APIClient, body: bytes, content_type: str = "application/json") -> Any:
    return client.generic("POST", TOKENS, body, content_type=content_type)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "malformed_json"),
        (b'{"email": "\xff"}', "application/json", 400, "malformed_json"),
        (b'{"name": 1, "name": 2}', "application/json", 400, "repeated_key"),
        (b"[" * 100_000, "application/json", 400, "too_deep"),
        (b'["' + b"x" * 10_000_000, "application/json", 413, "too_large"),
        (b'{"email": "\\u0000"}', "application/json", 400, "forbidden_character"),
        (b"[]", "application/json", 422, "wrong_type"),
        (b"null", "application/json", 422, "missing_field"),
        (b"email=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"--x--", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
        (b"a: b", "application/yaml", 415, "unsupported_media_type"),
        (b"{}", "text/html", 415, "unsupported_media_type"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else None,
)
def test_a_hostile_body_is_refused_before_it_does_anything(
    db: None, nobody: APIClient, body: bytes, content_type: str, status: int, code: str
) -> None:
    refused = post(nobody, body, content_type)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["Content-Type"] == PROBLEM_TYPE
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.json()["instance"] == TOKENS


def test_the_largest_body_is_read(db: None, nobody: APIClient) -> None:
    body = b'{"email": "a@b.org", "password": "p", "name": "n"}'
    assert post(nobody, body.ljust(LARGEST)).status_code == 401


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("place", ["", "nothing", "cases/", "cases/%00", "tokens/7", "../x"])
def test_an_address_that_means_nothing_is_a_problem_too(
    nobody: APIClient, place: str, method: str
) -> None:
    refused = getattr(nobody, method)(f"/api/v1/{place}")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


def test_a_wrong_method_is_named(rosa: User, signed_in: Callable[[User], APIClient]) -> None:
    refused = signed_in(rosa).put(TOKENS, {})
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    assert refused.headers["Allow"] == "GET, HEAD, POST"


def test_an_answer_in_another_language_than_json_is_refused(
    rosa: User, signed_in: Callable[[User], APIClient]
) -> None:
    refused = signed_in(rosa).get(TOKENS, headers={"accept": "text/html"})
    assert (refused.status_code, refused.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("told", ["Bearer nonsense", "Bearer", "bearer cst_\u00e9", "Bearer cst_"])
def test_a_token_nobody_issued_signs_nobody_in(db: None, nobody: APIClient, told: str) -> None:
    refused = nobody.get(TOKENS, headers={"authorization": told})
    assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_refused")


def test_whoever_is_not_signed_in_is_told_how(db: None, nobody: APIClient) -> None:
    refused = nobody.get(TOKENS)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="collabscreen"'
    assert set(refused.json()) == PROBLEM


def test_a_session_reads_freely_and_writes_with_its_csrf_token(rosa: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.login(username=rosa.email, password=PASSWORD)
    assert browser.get(TOKENS).status_code == 200
    somewhere = f"{TOKENS}/{rosa.public_id}"
    refused = browser.delete(somewhere)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    browser.cookies["csrftoken"] = "a" * 32
    allowed = browser.delete(somewhere, headers={"x-csrftoken": "a" * 32})
    assert (allowed.status_code, allowed.json()["code"]) == (404, "token_not_found")
