"""Joining and leaving an office writes membership, permissions and history together, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from guardian.shortcuts import get_users_with_perms
from pytest_django import DjangoAssertNumQueries

from apps.accounts.domain.actors import SETUP
from apps.accounts.domain.membership import drop_ended_grants, join_office, leave_office
from apps.accounts.domain.permission import NOTHING, permissions_of
from apps.accounts.domain.queries import duties_of, holders_of, names_of, roles_of
from apps.accounts.enums import OFFICE_ROLES, OfficePermission
from apps.accounts.models import Membership, OfficeGrant
from apps.accounts.roles import PERMISSIONS_OF_ROLE, roles_with
from apps.audit.models import Event
from apps.engine.lifecycle import Role
from apps.engine.refusal import Refusal
from tests.factories.accounts import (
    NOON,
    TODAY,
    TOMORROW,
    YESTERDAY,
    OfficeFactory,
    PersonFactory,
    hold,
)

pytestmark = pytest.mark.django_db


def test_every_office_role_has_its_row_in_the_table() -> None:
    assert set(PERMISSIONS_OF_ROLE) == set(OFFICE_ROLES)


def test_those_who_may_view_cases_are_named_exactly() -> None:
    assert roles_with(OfficePermission.VIEW_CASES) == {
        Role.TRIAGE_OFFICER,
        Role.REVIEW_OFFICER,
        Role.EMPOWERED_OFFICIAL,
        Role.OFFICE_MANAGER,
        Role.AUDITOR,
    }


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_joining_gives_exactly_the_permissions_of_the_role(role: Role) -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, role)
    expected = {(office.pk, permission) for permission in PERMISSIONS_OF_ROLE[role]}
    assert permissions_of(person, on=TODAY).grants == expected


def test_guardian_finds_the_grants_in_their_own_table() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, Role.AUDITOR)
    found = get_users_with_perms(office, attach_perms=True, with_group_users=False)
    assert {who.pk: set(held) for who, held in found.items()} == {
        person.pk: {"view_cases", "audit_office", "read_figures"}
    }


def test_permissions_are_read_in_one_query_and_asked_without_any(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second, person = OfficeFactory.create(), OfficeFactory.create(), PersonFactory.create()
    for office in (second, first):
        hold(person, office)
    with django_assert_num_queries(1):
        held = permissions_of(person, on=TODAY)
    with django_assert_num_queries(0):
        assert held.offices(OfficePermission.VIEW_CASES) == (first.pk, second.pk)
        assert held.allows(OfficePermission.WORK_ON_CASES, first.pk)
        assert not held.allows(OfficePermission.CHANGE_RULES, first.pk)
        assert not held.allows(OfficePermission.VIEW_CASES, None)


@pytest.mark.parametrize(
    ("since", "until", "on", "held"),
    [
        (TODAY, None, YESTERDAY, False),
        (TODAY, None, TODAY, True),
        (TODAY, TOMORROW, TODAY, True),
        (TODAY, TOMORROW, TOMORROW, False),
    ],
)
def test_a_role_holds_from_its_first_day_up_to_but_without_its_last(
    since: date, until: date | None, on: date, held: bool
) -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, since=since, until=until)
    assert roles_of(person, on=on) == ({(Role.REVIEW_OFFICER, office.pk)} if held else set())
    assert (permissions_of(person, on=on) != NOTHING) is held
    assert list(holders_of(Role.REVIEW_OFFICER, office, on=on)) == ([person] if held else [])


def test_somebody_who_may_not_sign_in_holds_nothing() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office)
    person.is_active = False
    person.save()
    assert permissions_of(person, on=TODAY) == NOTHING
    assert roles_of(person, on=TODAY) == frozenset()
    assert list(holders_of(Role.REVIEW_OFFICER, office, on=TODAY)) == []


def test_a_superuser_holds_nothing_by_being_one() -> None:
    OfficeFactory.create()
    assert permissions_of(PersonFactory.create(is_superuser=True), on=TODAY) == NOTHING


def test_joining_is_told_once_in_the_history_of_the_person() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, since=TODAY)
    event = Event.objects.get()
    assert (event.subject, event.verb, event.by) == (
        f"person:{person.public_id}",
        "office_joined",
        "system:setup",
    )
    assert event.payload == {
        "office": office.slug,
        "role": "review_officer",
        "since": "2026-11-23",
        "until": "",
    }


def test_leaving_today_takes_the_grants_away_and_leaving_later_keeps_them_till_then() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    now, later = hold(person, office), hold(person, office, Role.AUDITOR)
    leave_office(later, on=TOMORROW, by=SETUP, at=NOON)
    leave_office(now, on=TODAY, by=SETUP, at=NOON)
    assert set(OfficeGrant.objects.values_list("membership", flat=True)) == {later.pk}
    assert permissions_of(person, on=TODAY).allows(OfficePermission.AUDIT_OFFICE, office.pk)
    assert permissions_of(person, on=TOMORROW) == NOTHING
    assert drop_ended_grants(on=TOMORROW) == len(PERMISSIONS_OF_ROLE[Role.AUDITOR])
    assert [event.verb for event in Event.objects.order_by("pk")][2:] == ["office_left"] * 2


def test_two_roles_may_carry_the_same_permission_and_one_may_end() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    officer = hold(person, office, Role.REVIEW_OFFICER)
    hold(person, office, Role.AUDITOR)
    leave_office(officer, on=TODAY, by=SETUP, at=NOON)
    assert permissions_of(person, on=TODAY).allows(OfficePermission.VIEW_CASES, office.pk)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (TODAY, None, "already_member"),
        (date(2026, 1, 1), TODAY, "already_member"),
        (TODAY, TODAY, "ends_before_it_begins"),
    ],
)
def test_joining_twice_or_for_no_day_is_refused_and_nothing_is_saved(
    since: date, until: date | None, code: str
) -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, since=YESTERDAY)
    with pytest.raises(Refusal) as refused:
        join_office(
            person, office, role=Role.REVIEW_OFFICER, since=since, until=until, by=SETUP, at=NOON
        )
    assert refused.value.code == code
    assert (Membership.objects.count(), Event.objects.count()) == (1, 1)


def test_duties_are_those_of_the_day_in_order_of_office() -> None:
    person = PersonFactory.create()
    second, first = OfficeFactory.create(slug="b"), OfficeFactory.create(slug="a")
    later = hold(person, second, since=TODAY)
    hold(person, second, Role.AUDITOR, since=TOMORROW)
    earlier = hold(person, first)
    assert list(duties_of(person, on=TODAY)) == [earlier, later]


def test_the_names_of_actors_are_found_and_the_system_has_none() -> None:
    ada, other = PersonFactory.create(display_name="Ada"), PersonFactory.create()
    actor = f"user:{ada.public_id}"
    assert names_of([actor, "system:setup", actor]) == {actor: "Ada"}
    assert names_of([]) == {}
    assert len(names_of([actor, f"user:{other.public_id}"])) == 2


def test_joining_again_after_the_end_is_fine() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    hold(person, office, since=YESTERDAY, until=TODAY)
    hold(person, office, since=TODAY)
    assert roles_of(person, on=TODAY) == {(Role.REVIEW_OFFICER, office.pk)}


def test_nobody_is_a_researcher_at_an_office() -> None:
    with pytest.raises(Refusal) as refused:
        hold(PersonFactory.create(), OfficeFactory.create(), Role.RESEARCHER)
    assert refused.value.code == "not_an_office_role"


def test_leaving_after_the_end_or_before_the_beginning_is_refused() -> None:
    membership = hold(PersonFactory.create(), OfficeFactory.create(), since=YESTERDAY, until=TODAY)
    for on, code in ((TOMORROW, "already_ended"), (YESTERDAY, "ends_before_it_begins")):
        with pytest.raises(Refusal) as refused:
            leave_office(membership, on=on, by=SETUP, at=NOON)
        assert refused.value.code == code


def test_the_database_refuses_what_the_verbs_would_never_write() -> None:
    office, person = OfficeFactory.create(), PersonFactory.create()
    good = {"user": person, "office": office, "role": "auditor", "since": TODAY}
    for bad in ({"role": "king"}, {"until": TODAY}, {"until": YESTERDAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(**{**good, **bad})
    Membership.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**{**good, "since": TOMORROW})
