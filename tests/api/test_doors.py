"""Every endpoint at its door: who may come in, how, and what is said to everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from apps.accounts.models import Office, User
from apps.api.urls import VERBS, urlpatterns
from apps.api.views.verb import VerbEndpoint
from apps.cases.models import Case
from apps.engine.lifecycle import Relation, Role, Status, Verb, answer
from apps.workflow.domain.standing import standing_of
from tests.api.contract import ContractClient, document
from tests.api.law import enact
from tests.factories.cases import CaseFactory

SignIn = Callable[[User], APIClient]
LAST_DAY = (localdate() + timedelta(days=200)).isoformat()
YESTERDAY = now() - timedelta(days=1)
LONG_OPEN = {"created_at": YESTERDAY, "changed_at": YESTERDAY}
BODIES: dict[str, dict[str, Any]] = {
    "answer": {"answers": {"1": "unknown"}},
    "ask": {"questions": [{"text": "Why?"}]},
    "adjudicate": {"hit": 1, "state": "dismissed", "reason": "Another person."},
    "establish": {"facts": {"activity.nature": "applied"}, "reason": "Seen."},
    "refer": {"reason": "The authority decides."},
    "record-reply": {"reply": "Go on."},
    "recommend": {"outcome": "approve", "reason": "Fine.", "until": LAST_DAY},
    "decide": {"outcome": "approve", "reason": "Fine.", "until": LAST_DAY},
    "return": {"reason": "Say more."},
    "approve": {"reason": "Fine.", "until": LAST_DAY},
    "conditions-met": {"evidence": {"nda": "Signed."}},
}
AS_IN_THE_TABLE = {"establish": Verb.ADJUDICATE}
STATUSES = (
    Status.DRAFT,
    Status.TRIAGE,
    Status.AWAITING_COUNTERSIGN,
)
PLACES = ["", "/facts", "/determination", "/history", "/actions", "/questions", "/conditions"]


def verb_named(name: str) -> Verb:
    """The row of the table that an address stands for."""
    return AS_IN_THE_TABLE.get(name) or Verb(name.replace("-", "_"))


@pytest.fixture
def case(rosa: User, office: Office) -> Case:
    """A case of Rosa's in review."""
    return CaseFactory.create(owner=rosa, office=office, at_office=True, **LONG_OPEN)


@pytest.fixture
def place(case: Case) -> str:
    """Its address."""
    return f"/api/v1/cases/{case.reference}"


def test_every_address_is_described_and_every_description_is_an_address() -> None:
    patterns = [pattern for pattern in urlpatterns if pattern.name not in {"nowhere", "schema"}]
    assert len(document()["paths"]) == len(patterns)
    assert get_resolver().reverse_dict  # the whole site resolves
    described = {
        (path, method) for path, operations in document()["paths"].items() for method in operations
    }
    promised = {
        method.lower()
        for pattern in patterns
        for method in getattr(pattern.callback, "view_class").operations  # noqa: B009
    }
    assert {method for _, method in described} == promised
    assert all(
        set(view.operations) == {"POST"} and issubclass(view, VerbEndpoint)
        for view in VERBS.values()
    )


def test_a_verb_is_for_those_signed_in(place: str, nobody: APIClient) -> None:
    for verb in VERBS:
        refused = nobody.post(f"{place}/{verb}", BODIES.get(verb, {}))
        assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in"), verb


def test_a_verb_is_posted(place: str, rosa: User, signed_in: SignIn) -> None:
    client = signed_in(rosa)
    for verb in VERBS:
        for method in (client.get, client.patch, client.delete, client.put):
            refused = method(f"{place}/{verb}")
            assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")


def test_a_verb_on_a_case_of_strangers_finds_nothing(
    place: str, omar: User, signed_in: SignIn
) -> None:
    for verb in VERBS:
        body = {**BODIES.get(verb, {}), "version": 1}
        refused = signed_in(omar).post(f"{place}/{verb}", body)
        assert (refused.status_code, refused.json()["code"]) == (404, "case_not_found"), verb


def test_a_verb_needs_the_version_that_was_seen(
    place: str, case: Case, rosa: User, signed_in: SignIn
) -> None:
    client = signed_in(rosa)
    for verb in VERBS:
        body = BODIES.get(verb, {})
        missing = client.post(f"{place}/{verb}", body)
        assert (missing.status_code, missing.json()["code"]) == (428, "version_required"), verb
        stale = client.post(f"{place}/{verb}", body, headers={"if-match": '"7"'})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_version"), verb
    case.refresh_from_db()
    assert (case.version, case.status) == (1, "in_review")


def test_a_verb_takes_only_the_fields_it_knows(place: str, rosa: User, signed_in: SignIn) -> None:
    client = signed_in(rosa)
    for verb in VERBS:
        body = {**BODIES.get(verb, {}), "version": 1, "by": "somebody"}
        refused = client.post(f"{place}/{verb}", body)
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_field"), verb
        for wrong in ([], "x", 7):
            answered = client.post(f"{place}/{verb}", wrong, headers={"if-match": '"1"'})
            assert answered.status_code == 422, verb


HOSTILE = [None, True, 7, "x" * 5000, [None], {"": ""}, "2026-02-30"]


def test_no_field_of_whatever_shape_is_a_fault(place: str, rosa: User, signed_in: SignIn) -> None:
    client = signed_in(rosa)
    for verb, right in BODIES.items():
        for field in right:
            for value in HOSTILE:
                body = {**right, field: value, "version": 1}
                answered = client.post(f"{place}/{verb}", body)
                assert answered.status_code in {403, 409, 422}, (verb, field, value)


@pytest.fixture
def people(
    rosa: User, omar: User, new_person: Callable[..., User], new_officer: Callable[..., User]
) -> dict[str, User]:
    """One of each kind."""
    roles = (
        Role.TRIAGE_OFFICER,
        Role.REVIEW_OFFICER,
        Role.EMPOWERED_OFFICIAL,
        Role.OFFICE_MANAGER,
        Role.AUDITOR,
        Role.RULES_ADMIN,
        Role.CONSULTEE,
    )
    officers = {role.value: new_officer(role.value, role) for role in roles}
    root = new_person("root", is_superuser=True, is_staff=True)
    return {"owner": rosa, "stranger": omar, "root": root, **officers}


SEES = {
    "owner",
    "triage_officer",
    "review_officer",
    "empowered_official",
    "office_manager",
    "auditor",
}


@pytest.mark.parametrize("status", STATUSES)
def test_the_table_of_the_lifecycle_decides_who_may_do_what(
    status: Status, people: dict[str, User], office: Office, rosa: User
) -> None:
    """What the table forbids, the API forbids in the same words, whoever asks."""
    case = CaseFactory.create(
        owner=rosa,
        status=status.value,
        office=None if status is Status.DRAFT else office,
        **LONG_OPEN,
    )
    enact()
    for name in ("owner", "stranger", "review_officer", "auditor"):
        person = people[name]
        for verb, sent in _each_verb(person, case):
            sees = name in SEES and (name == "owner" or status is not Status.DRAFT)
            standing = standing_of(person, case, on=localdate())
            given = answer(status, verb_named(verb), standing)
            if not sees:
                assert (sent.status_code, sent.json()["code"]) == (404, "case_not_found")
            elif not given.allowed:
                assert sent.json()["code"] == given.code, (name, verb)
                assert sent.json()["errors"][0]["message"] == given.reason
                assert sent.status_code in {403, 409}
            else:
                assert sent.status_code in {200, 404, 409, 422}, (name, verb)
                assert sent.json().get("code") not in {
                    "not_entitled",
                    "conflicted",
                    "not_from_here",
                }
    case.refresh_from_db()
    assert case.status == status
    assert Relation.OWNER in standing_of(rosa, case, on=localdate()).relations


def _each_verb(person: User, case: Case) -> Iterator[tuple[str, Any]]:
    """Every verb sent by a person, each undone again."""
    client = ContractClient()
    client.force_authenticate(user=person)
    for verb in VERBS:
        with transaction.atomic():
            body = {**BODIES.get(verb, {}), "version": case.version}
            yield verb, client.post(f"/api/v1/cases/{case.reference}/{verb}", body)
            transaction.set_rollback(True)


def test_what_may_be_read_of_a_case_is_read_by_those_who_see_it(
    place: str, people: dict[str, User], signed_in: SignIn, nobody: APIClient
) -> None:
    for name, person in people.items():
        client = signed_in(person)
        for below in PLACES:
            read = client.get(f"{place}{below}")
            if name not in SEES:
                assert (read.status_code, read.json()["code"]) == (404, "case_not_found"), name
            elif below == "/determination":
                assert (read.status_code, read.json()["code"]) == (404, "not_determined")
            else:
                assert read.status_code == 200, name
    assert {nobody.get(f"{place}{below}").status_code for below in PLACES} == {401}


def test_what_is_not_about_one_case_is_for_those_signed_in(db: None, nobody: APIClient) -> None:
    for place in ("cases", "me", "facts", "editions/current", "notices", "tokens"):
        refused = nobody.get(f"/api/v1/{place}")
        assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in"), place
