"""Determinations over the API: one that nobody keeps, and the one that counts for a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.audit.models import Event
from apps.cases.models import Case
from apps.engine.determine import determine
from apps.engine.facts import read_facts
from apps.rulebook.domain.editions import in_force
from apps.rulebook.models import Edition
from apps.screening.models import Determination
from tests.api.life import CITIZEN, OPEN, PLAIN, open_visit
from tests.factories.law import ENTRY, REGIME
from tests.factories.law import LISTED as LISTED_NAME
from tests.factories.screening import alter

pytestmark = pytest.mark.usefixtures("law")
DETERMINATIONS = "/api/v1/determinations"
ON = date(2026, 11, 22)
DOCUMENT: dict[str, Any] = {
    "complete": True,
    "activity": {"kind": "visit", "host": "us", "nature": "applied", "publication": "restricted"},
    "organisations": {"us": {"country": "XA", "kind": "university"}},
    "people": {"lin": {"citizenships": [{"country": "XC"}], "employment": "visitor"}},
    "items": {"handbook": {"nature": "technology", "control": {REGIME: {"item": ENTRY}}}},
    "releases": [
        {
            "id": "r1",
            "from": "us",
            "who": "lin",
            "what": "handbook",
            "how": "training",
            "where": "XA",
        }
    ],
}


def test_more_than_one_request_can_answer_for_is_refused(rosa_asks: APIClient) -> None:
    people = {f"p{place}": {} for place in range(101)}
    release = {**DOCUMENT["releases"][0], "who": list(people)}
    facts = {**DOCUMENT, "people": people, "releases": [release]}
    answer = rosa_asks.post(DETERMINATIONS, {"facts": facts, "on": ON})
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_exposures")


def test_facts_are_determined_and_nothing_of_them_is_kept(rosa_asks: APIClient) -> None:
    before = Event.objects.count()
    told = rosa_asks.post(DETERMINATIONS, {"facts": DOCUMENT, "on": ON}).json()
    edition = in_force(ON)
    read = read_facts(DOCUMENT, vocabulary=edition.vocabulary)
    expected = determine(read, edition, on=ON).as_result()
    assert (told["on"], told["edition"]["digest"]) == (ON.isoformat(), edition.digest)
    assert told["result"]["digest"] == expected["digest"]
    assert told["result"]["exposures"] == expected["exposures"]
    assert (told["result"]["outcome"], told["result"]["tier"]) == ("licence_required", "T4")
    assert (Case.objects.count(), Determination.objects.count()) == (0, 0)
    assert Event.objects.count() == before


def test_a_party_with_a_name_is_searched_in_the_lists(rosa_asks: APIClient) -> None:
    open_world = {name: value for name, value in DOCUMENT.items() if name != "complete"}
    named = {
        **open_world,
        "organisations": {**DOCUMENT["organisations"], "x": {"name": LISTED_NAME}},
    }
    told = rosa_asks.post(DETERMINATIONS, {"facts": named, "on": ON}).json()
    assert told["lists_complete"] is True
    assert [version["list"] for version in told["lists"]] == ["XA-LIST"]


HOSTILE: list[Any] = [None, True, 7, "x", [], [None], {"": 1}, {"people": {"a": None}}, {"x": {}}]


def test_no_document_of_whatever_shape_is_a_fault(rosa_asks: APIClient) -> None:
    for block in DOCUMENT:
        for value in HOSTILE:
            answer = rosa_asks.post(DETERMINATIONS, {"facts": {**DOCUMENT, block: value}})
            assert answer.status_code in {200, 422}, (block, value)
    for wrong in HOSTILE:
        answer = rosa_asks.post(DETERMINATIONS, {"facts": wrong})
        assert answer.status_code == 422, wrong


@pytest.mark.parametrize(
    ("block", "value", "code", "path"),
    [
        ("people", {"lin": {"citizenships": [{"country": "XQ"}]}}, "unknown_country",
         "facts.people.lin.citizenships[0].country"),
        ("people", {"lin": {"colour": "red"}}, "unknown_fact", "facts.people.lin.colour"),
        ("items", {"handbook": {"control": {REGIME: {"item": "9Z999"}}}}, "unknown_item",
         f"facts.items.handbook.control.{REGIME}.item"),
        ("releases", [{"id": "r1", "window": {"from": "2026-02-30"}}], "impossible_date",
         "facts.releases[0].window.from"),
    ],
)  # fmt: skip
def test_what_the_edition_does_not_know_is_named(
    rosa_asks: APIClient, block: str, value: object, code: str, path: str
) -> None:
    refused = rosa_asks.post(DETERMINATIONS, {"facts": {**DOCUMENT, block: value}})
    assert refused.status_code == 422
    assert (code, path) in {(one["code"], one["path"]) for one in refused.json()["errors"]}


def test_the_determination_of_a_case_tells_what_it_stands_on(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, OPEN)
    undetermined = rosa_asks.get(f"{visit.place}/determination")
    assert (undetermined.status_code, undetermined.json()["code"]) == (404, "not_determined")
    visit.done(rosa_asks, "submit")
    told = rosa_asks.get(f"{visit.place}/determination").json()
    row = Determination.objects.get()
    assert (told["number"], told["cause"], told["replays"]) == (1, "submit", True)
    assert told["edition"] == {"id": row.edition_id, "digest": row.edition_digest}
    assert told["result"]["digest"] == row.digest
    assert told["result"]["route"]["office"] == "main"
    (exposure,) = told["result"]["exposures"]
    (cell,) = exposure["regimes"]
    assert [question["fact"] for question in cell["questions"]] == [CITIZEN]
    assert all(rule["citation"] for rule in cell["rules"])
    assert told == otto.get(f"{visit.place}/determination").json()


def test_an_altered_determination_no_longer_replays(rosa_asks: APIClient) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    alter(Determination.objects.get(), "digest", "sha256:" + "0" * 64)
    assert rosa_asks.get(f"{visit.place}/determination").json()["replays"] is False


def test_without_an_edition_nothing_is_determined(
    rosa: User, rosa_asks: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rosa_asks.get("/api/v1/editions/current")
    with django_assert_num_queries(1):
        told = rosa_asks.get("/api/v1/editions/current").json()
    assert told["regimes"] == [REGIME]
    Edition.objects.all().delete()
    for refused in (
        rosa_asks.get("/api/v1/editions/current"),
        rosa_asks.post(DETERMINATIONS, {"facts": DOCUMENT}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (503, "no_edition")
