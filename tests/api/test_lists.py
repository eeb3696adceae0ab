"""The queue of an office and what is shared: who finds which cases, at which cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import Office, User
from apps.cases.models import Case
from apps.engine.lifecycle import Role
from tests.factories.accounts import OfficeFactory
from tests.factories.cases import CaseFactory, shared

CASES = "/api/v1/cases"
SignIn = Callable[[User], APIClient]
LONG_AGO = now() - timedelta(days=3)


def cases_at(office: Office, owner: User, number: int = 1, **more: object) -> list[Case]:
    """Cases in review at an office."""
    return CaseFactory.create_batch(
        number, owner=owner, office=office, at_office=True, created_at=LONG_AGO,
        changed_at=LONG_AGO, **more,
    )  # fmt: skip


def found(client: APIClient, **asked: object) -> list[str]:
    """The references a list shows."""
    answer = client.get(CASES, asked)
    assert answer.status_code == 200, answer.json()
    return [case["reference"] for case in answer.json()["cases"]]


def names(cases: list[Case]) -> list[str]:
    """The references of rows."""
    return [case.reference for case in cases]


def test_an_officer_finds_the_cases_of_the_own_offices_most_urgent_first(
    office: Office, rosa: User, otto: APIClient
) -> None:
    elsewhere = OfficeFactory.create(institution=office.institution)
    cases_at(elsewhere, rosa)
    today = localdate()
    late, later = (
        cases_at(office, rosa, due_on=today + timedelta(days=days))[0] for days in (9, 2)
    )
    (without,) = cases_at(office, rosa, due_on=None)
    assert found(otto, scope="office") == names([later, late, without])
    assert found(otto, scope="office", office=office.slug) == names([later, late, without])
    assert found(otto, scope="office", office=elsewhere.slug) == []
    assert found(otto, scope="office", due_until=today + timedelta(days=2)) == names([later])
    assert found(otto) == []


def test_a_queue_is_narrowed_by_status_tier_officer_and_words(
    office: Office, rosa: User, otto: APIClient, reviewer: User
) -> None:
    (mine,) = cases_at(office, rosa, officer=reviewer, title="Quantum optics")
    (triage,) = cases_at(office, rosa, status="triage", tier="T4", due_on=None)
    assert found(otto, scope="office", assigned="me") == names([mine])
    assert found(otto, scope="office", assigned="nobody") == names([triage])
    assert found(otto, scope="office", status="triage") == names([triage])
    assert found(otto, scope="office", status=["triage", "in_review"]) == names([mine, triage])
    assert found(otto, scope="office", tier="T4") == names([triage])
    assert found(otto, scope="office", text="quantum") == names([mine])
    assert found(otto, scope="office", text=triage.reference) == names([triage])


def test_only_those_who_view_cases_of_an_office_find_them_there(
    office: Office, rosa: User, new_officer: Callable[..., User], signed_in: SignIn
) -> None:
    seen = names(cases_at(office, rosa))
    for role in Role:
        if role is Role.RESEARCHER:
            continue
        client = signed_in(new_officer(role.value, role))
        views = role in {
            Role.TRIAGE_OFFICER,
            Role.REVIEW_OFFICER,
            Role.EMPOWERED_OFFICIAL,
            Role.OFFICE_MANAGER,
            Role.AUDITOR,
        }
        assert found(client, scope="office") == (seen if views else []), role


def test_what_is_shared_is_found_until_its_last_day(
    office: Office, rosa: User, omar: User, signed_in: SignIn
) -> None:
    kept, ended = cases_at(office, rosa, 2)
    today = localdate()
    shared(kept, omar, since=today - timedelta(days=5), until=today + timedelta(days=1))
    shared(ended, omar, since=today - timedelta(days=5), until=today)
    client = signed_in(omar)
    assert found(client, scope="shared") == names([kept])
    assert client.get(f"{CASES}/{ended.reference}").status_code == 404


def test_ones_own_are_those_that_go_on_or_those_that_ended(
    office: Office, rosa: User, rosa_asks: APIClient
) -> None:
    (going,) = cases_at(office, rosa)
    (ended,) = cases_at(office, rosa, status="withdrawn")
    assert found(rosa_asks) == names([ended, going])
    assert found(rosa_asks, final="false") == names([going])
    assert found(rosa_asks, final="true") == names([ended])


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_a_queue_costs_the_same_whatever_its_length(
    office: Office,
    rosa: User,
    otto: APIClient,
    reviewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    cases_at(office, rosa, rows, officer=reviewer)
    with django_assert_num_queries(3):
        assert len(found(otto, scope="office", size=100)) == rows
    with django_assert_num_queries(4):
        assert len(found(otto, scope="office", size=100, office=office.slug)) == rows
