"""The only door: exact sets of what each person sees, tried as an attacker would."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from guardian.shortcuts import assign_perm
from pytest_django import DjangoAssertNumQueries

from apps.accounts.domain.permission import permissions_of
from apps.accounts.enums import OFFICE_ROLES, OfficePermission
from apps.accounts.models import Office, OfficeGrant, User
from apps.accounts.roles import roles_with
from apps.cases.domain.access import CaseNotFound, get_case, share_of, visible_cases
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.engine.lifecycle import Role
from tests.factories.accounts import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    OfficeFactory,
    PersonFactory,
    hold,
    officer_at,
)
from tests.factories.cases import CaseFactory, shared

pytestmark = pytest.mark.django_db


WHOLE_TABLE = re.compile(r"SCAN (TABLE )?cases_case|Seq Scan on cases_case")


def plan_of(cases: QuerySet[Case]) -> str:
    """How the database goes about a query; PostgreSQL is told not to scan small tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return cases.explain()


def seen(person: User, on: date = TODAY) -> set[Case]:
    return set(visible_cases(person, on=on))


class World:
    """Two offices with a case in review each, a draft of each owner, and a case at no office."""

    def __init__(self) -> None:
        self.north, self.south = OfficeFactory.create(), OfficeFactory.create()
        self.northern = CaseFactory.create(at_office=True, office=self.north)
        self.southern = CaseFactory.create(at_office=True, office=self.south)
        self.draft = CaseFactory.create(owner=self.northern.owner)
        self.other_draft = CaseFactory.create(owner=self.southern.owner)


@pytest.fixture
def world() -> World:
    return World()


def test_an_owner_sees_the_own_requests_and_no_other(world: World) -> None:
    assert seen(world.northern.owner) == {world.northern, world.draft}
    assert seen(world.southern.owner) == {world.southern, world.other_draft}


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_a_role_at_an_office_shows_its_cases_if_the_table_says_so(world: World, role: Role) -> None:
    may_view = role in roles_with(OfficePermission.VIEW_CASES)
    assert seen(officer_at(world.north, role)) == ({world.northern} if may_view else set())


def test_a_draft_is_seen_by_no_office_even_the_one_of_its_institution(world: World) -> None:
    office = OfficeFactory.create(institution=world.draft.institution, catch_all=True)
    assert seen(officer_at(office)) == set()


def test_roles_at_two_offices_show_both(world: World) -> None:
    officer = officer_at(world.north)
    hold(officer, world.south, Role.AUDITOR)
    assert seen(officer) == {world.northern, world.southern}


def test_an_officer_who_also_asks_sees_the_own_request_at_a_strange_office(world: World) -> None:
    officer = officer_at(world.north)
    own = CaseFactory.create(at_office=True, office=world.south, owner=officer)
    assert seen(officer) == {world.northern, own}


@pytest.mark.parametrize("on", [date(2026, 11, 21), TOMORROW])
def test_before_joining_and_after_leaving_an_officer_sees_nothing(world: World, on: date) -> None:
    former = PersonFactory.create()
    hold(former, world.north, since=YESTERDAY, until=TOMORROW)
    assert (seen(former, TODAY), seen(former, on)) == ({world.northern}, set())


@pytest.mark.parametrize("scope", list(ShareScope))
def test_a_share_shows_its_case_and_no_other_within_its_days(
    world: World, scope: ShareScope
) -> None:
    guest = PersonFactory.create()
    shared(world.draft, guest, scope=scope, since=TODAY, until=TOMORROW)
    assert [seen(guest, on) for on in (YESTERDAY, TODAY, TOMORROW)] == [
        set(),
        {world.draft},
        set(),
    ]


def test_owner_office_and_share_add_up(world: World) -> None:
    officer = officer_at(world.north)
    own = CaseFactory.create(owner=officer)
    shared(world.other_draft, officer)
    assert seen(officer) == {world.northern, own, world.other_draft}


@pytest.mark.parametrize(
    "standing",
    [{"is_superuser": True}, {"is_staff": True}, {"is_superuser": True, "is_staff": True}],
)
def test_running_the_site_shows_no_case(world: World, standing: dict[str, bool]) -> None:
    assert seen(PersonFactory.create(**standing)) == set()


def test_a_permission_on_the_whole_model_shows_no_case(world: World) -> None:
    person = PersonFactory.create()
    for permission in ("cases.view_case", "cases.read_case", "accounts.view_cases"):
        assign_perm(permission, person)
    assert seen(User.objects.get(pk=person.pk)) == set()


def test_the_parent_of_an_office_and_a_colleague_of_the_owner_see_nothing(world: World) -> None:
    parent = OfficeFactory.create(institution=world.north.institution)
    Office.objects.filter(pk=world.north.pk).update(parent=parent)
    colleague = PersonFactory.create(institution=world.northern.owner.institution)
    assert [seen(officer_at(parent)), seen(colleague)] == [set(), set()]


def test_whoever_opened_it_for_another_or_works_on_it_sees_it_by_that_no_longer(
    world: World,
) -> None:
    helper = PersonFactory.create()
    Case.objects.filter(pk=world.northern.pk).update(created_by=helper, officer=helper)
    assert seen(helper) == set()


def test_somebody_who_may_not_sign_in_sees_not_even_the_own_requests(world: World) -> None:
    world.northern.owner.is_active = False
    assert seen(world.northern.owner) == set()


def test_a_person_who_was_never_saved_and_an_anonymous_one_see_nothing(world: World) -> None:
    assert seen(User(email="x@example.org")) == set()
    assert seen(AnonymousUser()) == set()  # type: ignore[arg-type]  # as an attacker would


def test_a_case_that_is_hidden_and_one_that_does_not_exist_are_refused_in_the_same_words(
    world: World,
) -> None:
    refusals = []
    for reference in (world.southern.reference, "CS-1999-0001", "", "' OR 1=1 --", "\x00"):
        with pytest.raises(CaseNotFound) as refused:
            get_case(world.northern.owner, reference, on=TODAY)
        refusals.append(refused.value.as_dict())
    assert refusals == [refusals[0]] * 5
    assert refusals[0]["code"] == "case_not_found"


def test_a_visible_case_comes_with_its_people_and_places_at_a_fixed_cost(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = officer_at(world.north)
    with django_assert_num_queries(3):  # permissions, shares, the case
        case = get_case(officer, world.northern.reference, on=TODAY)
        assert [case.owner, case.office, case.officer, case.institution, case.unit] == [
            world.northern.owner,
            world.north,
            None,
            world.northern.institution,
            None,
        ]


def test_permissions_read_before_are_not_read_again(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = officer_at(world.north)
    held = permissions_of(officer, on=TODAY)
    OfficeGrant.objects.all().delete()
    with django_assert_num_queries(2):
        assert set(visible_cases(officer, on=TODAY, permissions=held)) == {world.northern}


def test_the_widest_share_says_what_may_be_done(world: World) -> None:
    guest = PersonFactory.create()
    scopes = []
    for scope in (ShareScope.READ, ShareScope.ADVISE, ShareScope.EDIT):
        scopes.append(share_of(guest, world.draft, on=TODAY))
        shared(world.draft, guest, scope=scope)
    scopes.append(share_of(guest, world.draft, on=TODAY))
    assert scopes == [None, ShareScope.READ, ShareScope.ADVISE, ShareScope.EDIT]
    assert share_of(guest, world.draft, on=TOMORROW) is None


def test_no_plan_walks_through_the_whole_table_of_cases(world: World) -> None:
    officer = officer_at(world.north)
    hold(officer, world.south)
    shared(world.other_draft, officer)
    for person in (officer, world.northern.owner):
        plan = plan_of(visible_cases(person, on=TODAY))
        assert not WHOLE_TABLE.search(plan), plan
