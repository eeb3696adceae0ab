"""Answering over the API, and the registry of what may be answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.api.parsing import read_json
from apps.cases.models import CaseFact
from apps.engine.facts import REGISTRY, read_facts

SignIn = Callable[[User], APIClient]
NATURE = "activity.nature"
CITIZEN = "people.visitor.citizenships"


@pytest.fixture
def client(rosa: User, signed_in: SignIn) -> APIClient:
    """Rosa's client."""
    return signed_in(rosa)


@pytest.fixture
def place(client: APIClient) -> str:
    """The address of the facts of a draft of Rosa's."""
    opened = client.post("/api/v1/cases", {"kind": "visit"})
    return f"{opened.headers['Location']}/facts"


def save(client: APIClient, place: str, facts: object, version: int = 1) -> Any:
    return client.patch(place, {"facts": facts}, headers={"if-match": f'"{version}"'})


def test_a_saved_answer_is_read_back_with_its_source(client: APIClient, place: str) -> None:
    measured = {"value": 2.5, "unit": "nm", "source": "data sheet", "as_of": "2026-10-01"}
    saved = save(client, place, {NATURE: "applied", "items.laser.measures.resolution": measured})
    assert saved.status_code == 200
    assert (saved.json()["format"], saved.json()["version"]) == ("facts/1", 2)
    facts = saved.json()["facts"]
    assert facts["activity"]["nature"] == "applied"
    assert facts["items"]["laser"]["measures"]["resolution"] == measured
    assert facts["activity"]["host"]["source"] == "record of the institution"
    assert client.get(place).json() == saved.json()
    assert client.get(place).headers["ETag"] == '"2"'


def test_an_answer_is_taken_back_with_null_and_left_open_with_unknown(
    client: APIClient, place: str
) -> None:
    save(client, place, {NATURE: "applied", "activity.standards": "unknown"})
    facts = save(client, place, {NATURE: None}, 2).json()["facts"]
    assert "nature" not in facts["activity"]
    assert facts["activity"]["standards"] == "unknown"


def test_saving_what_is_known_already_changes_nothing(client: APIClient, place: str) -> None:
    save(client, place, {NATURE: "applied"})
    assert save(client, place, {NATURE: "applied"}, 2).json()["version"] == 2


def test_every_wrong_answer_is_named_and_none_is_saved(client: APIClient, place: str) -> None:
    wrong = {
        "activity.colour": "red",
        NATURE: "fun",
        "activity.done_in": "Norway",
        CITIZEN: [{"country": "DE", "from": "2026-02-30"}],
        "activity.host": "me",
        "activity.red_flags": ["x"],
        "activity.standards": True,
    }
    refused = save(client, place, wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert {error["path"].split("[")[0]: error["code"] for error in refused.json()["errors"]} == {
        "activity.colour": "unknown_fact",
        NATURE: "not_an_option",
        "activity.done_in": "unknown_country",
        CITIZEN: "impossible_date",
        "activity.host": "held_by_record",
        "activity.red_flags": "asked_of_office",
    }
    assert not CaseFact.objects.exists()


def path_of(pattern: str) -> str:
    """A path that the pattern stands for."""
    path = pattern.replace("control.", "control.US-EAR.").replace("measures", "measures.range")
    return path.replace("*", "a")


HOSTILE = [
    1,
    -1.5,
    True,
    "",
    "unknown",
    "\u202e",
    "x" * 5000,
    [],
    [[]],
    [None],
    ["x"] * 300,
    {},
    {"value": None},
    {"value": {"value": "unknown"}},
    {"value": "unknown", "as_of": 7},
    {"value": "applied", "source": ["x"]},
    {"value": "applied", "as_of": "2026-13-01"},
    {"unit": "nm"},
    [{"country": 7}],
    [{"country": "XQ", "extra": 1}],
    10**29,
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:24])
def test_no_value_of_whatever_shape_is_a_fault(
    client: APIClient, place: str, value: object
) -> None:
    """What is refused is named by its path; what is not can be saved and read back."""
    facts = {path_of(spec.pattern): value for spec in REGISTRY}
    refused = save(client, place, facts)
    assert refused.status_code == 422
    named = {error["path"].split("[")[0] for error in refused.json()["errors"]}
    rest = {
        path: value
        for path in facts
        if not any(name == path or name.startswith(f"{path}.") for name in named)
    }
    assert save(client, place, rest).status_code == 200
    document = read_json(client.get(place).content)
    assert isinstance(document, dict)
    read_facts(document["facts"])


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "activity", "activity.", "activity.nature\n", "people.a.name\n", "people..name",
        "people.*.citizenships", "people.a.citizenships[0]", "items.a.control.item",
        "items.a.measures.", "releases.r.who.x", "papers.nda.signed.x", "__class__", "a" * 4000,
    ],
)  # fmt: skip
def test_no_path_of_whatever_shape_is_a_fault(client: APIClient, place: str, path: str) -> None:
    assert save(client, place, {path: "x"}).status_code == 422
    assert client.get(place).status_code == 200


@pytest.mark.parametrize("facts", [None, [], "x", 7, True])
def test_facts_are_an_object(client: APIClient, place: str, facts: object) -> None:
    assert save(client, place, facts).status_code == 422


def test_a_page_saved_on_an_old_version_is_refused(client: APIClient, place: str) -> None:
    save(client, place, {NATURE: "applied"})
    refused = save(client, place, {NATURE: "education"}, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "stale_version")
    assert client.get(place).json()["facts"]["activity"]["nature"] == "applied"


def test_a_repeated_save_saves_once(client: APIClient, place: str) -> None:
    body = {"facts": {NATURE: "applied"}, "version": 1}
    answers = [client.patch(place, body, headers={"idempotency-key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_somebody_else_can_neither_read_nor_write_them(
    client: APIClient, place: str, omar: User, signed_in: SignIn
) -> None:
    stranger = signed_in(omar)
    assert stranger.get(place).status_code == 404
    assert save(stranger, place, {NATURE: "applied"}).status_code == 404


@pytest.mark.parametrize("answers", [1, 3, 60])
def test_reading_and_saving_cost_the_same_whatever_the_number_of_answers(
    client: APIClient,
    place: str,
    answers: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    facts = {f"items.i{place}.title": f"thing {place}" for place in range(answers)}
    with django_assert_num_queries(14):
        assert save(client, place, facts).status_code == 200
    with django_assert_num_queries(4):
        assert client.get(place).status_code == 200


def test_the_registry_tells_of_every_fact_what_it_is_and_why_it_is_asked(client: APIClient) -> None:
    told = client.get("/api/v1/facts").json()
    assert [row["name"] for row in told] == [spec.pattern for spec in REGISTRY]
    nature = next(row for row in told if row["name"] == NATURE)
    assert set(nature) == {
        "name", "type", "unit", "values", "title", "ask", "why", "privacy", "legal_basis",
        "asked_of",
    }  # fmt: skip
    assert "fundamental" in nature["values"]
    assert all(row["ask"] and row["why"] for row in told)
