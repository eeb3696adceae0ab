"""Opening, finding and describing requests over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.audit.models import Event
from apps.cases.models import Case

CASES = "/api/v1/cases"
SHOWN = {
    "reference", "kind", "title", "summary", "status", "status_name", "outcome", "tier", "version",
    "owner", "office", "officer", "due_on", "approved_until", "created_at", "changed_at",
}  # fmt: skip
SignIn = Callable[[User], APIClient]


@pytest.fixture
def client(rosa: User, signed_in: SignIn) -> APIClient:
    """Rosa's client."""
    return signed_in(rosa)


def open_case(client: APIClient, **headers: str) -> Any:
    return client.post(CASES, {"kind": "visit", "title": "Lasers"}, headers=headers)


def test_whoever_opens_a_request_owns_a_draft(client: APIClient, rosa: User) -> None:
    opened = open_case(client)
    assert opened.status_code == 201
    case = opened.json()
    assert set(case) == SHOWN
    assert (case["kind"], case["title"], case["status"]) == ("visit", "Lasers", "draft")
    assert (case["status_name"], case["version"], case["office"]) == ("Draft", 1, None)
    assert case["owner"] == {"id": str(rosa.public_id), "name": "Rosa"}
    assert opened.headers["ETag"] == '"1"'
    assert opened.headers["Location"] == f"{CASES}/{case['reference']}"
    assert client.get(opened.headers["Location"]).json() == case


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ({}, "missing_field", "kind"),
        ({"kind": "conquest"}, "not_a_choice", "kind"),
        ({"kind": ["visit"]}, "not_a_choice", "kind"),
        ({"kind": "visit", "title": "x" * 201}, "max_length", "title"),
        ({"kind": "visit", "title": 7}, "wrong_type", "title"),
        ({"kind": "visit", "status": "approved"}, "unknown_field", "status"),
        ({"kind": "visit", "owner": 1}, "unknown_field", "owner"),
    ],
)
def test_a_request_nobody_understands_is_not_opened(
    client: APIClient, body: dict[str, Any], code: str, path: str
) -> None:
    refused = client.post(CASES, body)
    assert refused.status_code == 422
    assert [(error["code"], error["path"]) for error in refused.json()["errors"]] == [(code, path)]
    assert not Case.objects.exists()


def test_somebody_of_no_institution_is_told_what_is_missing(
    new_person: Callable[..., User], signed_in: SignIn
) -> None:
    refused = open_case(signed_in(new_person("guest")))
    assert (refused.status_code, refused.json()["code"]) == (422, "no_institution")


def test_a_repeated_opening_opens_once(client: APIClient) -> None:
    first = open_case(client, **{"idempotency-key": "k-1"})
    again = open_case(client, **{"idempotency-key": "k-1"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (again.headers["Idempotency-Replayed"], "Idempotency-Replayed" in first.headers) == (
        "true",
        False,
    )
    assert Case.objects.count() == 1
    refused = client.post(CASES, {"kind": "visit"}, headers={"idempotency-key": "k-1"})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("place", ["", "/facts", "/history"])
def test_a_request_of_somebody_else_reads_like_one_that_does_not_exist(
    client: APIClient, omar: User, signed_in: SignIn, place: str
) -> None:
    reference = open_case(client).json()["reference"]
    stranger = signed_in(omar)
    hidden = stranger.get(f"{CASES}/{reference}{place}")
    absent = stranger.get(f"{CASES}/CS-1999-0001{place}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "case_not_found")
    assert {**hidden.json(), "instance": ""} == {**absent.json(), "instance": ""}


def test_a_superuser_sees_no_more_than_anybody(
    client: APIClient, new_person: Callable[..., User], signed_in: SignIn
) -> None:
    reference = open_case(client).json()["reference"]
    root = signed_in(new_person("root", is_superuser=True, is_staff=True))
    assert root.get(f"{CASES}/{reference}").status_code == 404
    assert root.get(CASES, {"scope": "office"}).json()["total"] == 0


def test_one_finds_ones_own_requests_newest_first(
    client: APIClient, omar: User, signed_in: SignIn
) -> None:
    open_case(signed_in(omar))
    mine = [open_case(client).json()["reference"] for _ in range(3)]
    page = client.get(CASES, {"size": 2}).json()
    assert {name: page[name] for name in ("total", "page", "pages", "size")} == {
        "total": 3,
        "page": 1,
        "pages": 2,
        "size": 2,
    }
    assert [case["reference"] for case in page["cases"]] == mine[:0:-1]
    rest = client.get(CASES, {"size": 2, "page": 2}).json()
    assert [case["reference"] for case in rest["cases"]] == mine[:1]


@pytest.mark.parametrize(
    ("asked", "code", "path"),
    [
        ({"size": 0}, "min_value", "size"),
        ({"size": 201}, "max_value", "size"),
        ({"page": "x"}, "wrong_type", "page"),
        ({"page": "9" * 2000}, "max_string_length", "page"),
        ({"scope": "all"}, "not_a_choice", "scope"),
        ({"scope": ["mine", "office"]}, "not_a_choice", "scope"),
        ({"sort": "title"}, "unknown_field", "sort"),
        ({"status": "draft"}, "not_for_this_list", "status"),
        ({"scope": "shared", "final": "true"}, "not_for_this_list", "final"),
        ({"scope": "office", "status": "lost"}, "not_a_choice", "status[0]"),
        ({"scope": "office", "due_until": "2026-02-30"}, "wrong_type", "due_until"),
        ({"scope": "office", "office": "nowhere"}, "unknown_office", "office"),
        ({"scope": "office", "text": "a\x00b"}, "forbidden_character", "text"),
    ],
)
def test_a_filter_nobody_understands_is_refused(
    client: APIClient, asked: dict[str, Any], code: str, path: str
) -> None:
    refused = client.get(CASES, asked)
    assert refused.status_code in {400, 422}
    assert [(error["code"], error["path"]) for error in refused.json()["errors"]] == [(code, path)]


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_list_costs_the_same_whatever_its_length(
    client: APIClient, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        open_case(client)
    with django_assert_num_queries(2):
        assert len(client.get(CASES, {"size": 100}).json()["cases"]) == rows


def test_a_request_is_described_on_the_version_that_was_seen(client: APIClient) -> None:
    place = open_case(client).headers["Location"]
    described = client.patch(place, {"summary": "Optics."}, headers={"if-match": '"1"'})
    assert described.status_code == 200
    assert (described.json()["title"], described.json()["summary"]) == ("Lasers", "Optics.")
    assert (described.json()["version"], described.headers["ETag"]) == (2, '"2"')
    stale = client.patch(place, {"title": "Masers", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    assert client.get(place).json() == described.json()


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({}, {}, 428, "version_required"),
        ({"if-match": "*"}, {}, 400, "bad_version"),
        ({"if-match": '"x"'}, {}, 400, "bad_version"),
        ({"if-match": '"' + "9" * 400 + '"'}, {}, 400, "bad_version"),
        ({"if-match": '"1"'}, {"version": 2}, 400, "bad_version"),
        ({}, {"version": 0}, 422, "min_value"),
        ({}, {"version": "1"}, 422, "wrong_type"),
        ({}, {"version": True}, 422, "wrong_type"),
        ({}, {"version": 10**29}, 422, "max_value"),
        ({"if-match": '"1"'}, {"status": "approved"}, 422, "unknown_field"),
    ],
)
def test_a_change_without_the_version_it_builds_on_is_refused(
    client: APIClient, headers: dict[str, str], body: dict[str, Any], status: int, code: str
) -> None:
    place = open_case(client).headers["Location"]
    refused = client.patch(place, {"title": "Masers", **body}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert client.get(place).json()["version"] == 1


def test_the_history_tells_what_happened_in_order(client: APIClient, rosa: User) -> None:
    place = open_case(client).headers["Location"]
    client.patch(place, {"title": "Masers", "version": 1})
    told = client.get(f"{place}/history").json()
    assert [(event["seq"], event["verb"], event["text"]) for event in told] == [
        (1, "open_draft", "Rosa opened a draft."),
        (2, "describe", "Rosa described the request."),
    ]
    assert {event["by"] for event in told} == {f"user:{rosa.public_id}"}
    assert told[1]["previous"] == told[0]["hash"] == Event.objects.get(verb="open_draft").hash
