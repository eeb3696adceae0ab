"""One mailbox is one person, however the address is typed."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from apps.accounts.domain.actors import SETUP, actor_name, person_subject
from apps.accounts.domain.people import give_password, person_with, register_person
from apps.accounts.models import User
from apps.audit.models import Event
from apps.engine.refusal import Refusal
from tests.factories.accounts import NOON, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hash_quickly(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_registered_person_signs_in_with_the_address_in_any_case() -> None:
    unit = UnitFactory.create()
    person = register_person(
        " Ada@Example.org ",
        display_name="Ada",
        password="a long pass phrase",
        place=unit,
        time_zone="Europe/Lisbon",
        by=SETUP,
        at=NOON,
    )
    assert person.email == "ada@example.org"
    assert authenticate(username="ADA@example.org", password="a long pass phrase") == person
    assert (str(person), person.get_full_name(), person.get_short_name()) == ("Ada",) * 3
    event = Event.objects.get()
    assert (event.subject, event.payload) == (
        person_subject(person),
        {"institution": unit.institution.slug},
    )


def test_people_of_a_demo_share_a_password_and_nobody_else_has_it() -> None:
    first, second, other = PersonFactory.create_batch(3)
    give_password([first, second], "a shared pass phrase")
    found = [
        authenticate(username=one.email, password="a shared pass phrase")
        for one in (first, second, other)
    ]
    assert found == [first, second, None]


def test_without_a_password_nobody_can_sign_in_as_the_person() -> None:
    person = register_person("new@example.org", display_name="New", by=SETUP, at=NOON)
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("email", "time_zone", "code"),
    [
        ("nobody", "UTC", "not_an_address"),
        ("a@example.org", "Mars/Olympus", "unknown_time_zone"),
        ("a@example.org", "../../etc/passwd", "unknown_time_zone"),
        ("a@example.org", "/etc/passwd", "unknown_time_zone"),
        ("a@example.org", "America", "unknown_time_zone"),
        ("a@example.org", "", "unknown_time_zone"),
        ("a@example.org", "x\x00", "unknown_time_zone"),
        ("TAKEN@example.org", "UTC", "address_taken"),
    ],
)
def test_a_wrong_registration_is_refused_and_leaves_no_trace(
    email: str, time_zone: str, code: str
) -> None:
    taken = PersonFactory.create(email="taken@example.org")
    with pytest.raises(Refusal) as refused:
        register_person(email, display_name="X", time_zone=time_zone, by=SETUP, at=NOON)
    assert refused.value.code == code
    assert (list(User.objects.all()), Event.objects.count()) == ([taken], 0)


def test_a_person_of_a_unit_is_of_its_institution() -> None:
    unit = UnitFactory.create()
    places = [unit, unit.institution, None]
    people = [
        register_person(f"p{n}@example.org", display_name="P", place=place, by=SETUP, at=NOON)
        for n, place in enumerate(places)
    ]
    assert [(one.unit, one.institution) for one in people] == [
        (unit, unit.institution),
        (None, unit.institution),
        (None, None),
    ]


def test_the_database_keeps_addresses_in_lower_case_and_units_with_their_institution() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory.create(email="Upper@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory.create(institution=None, unit=UnitFactory.create())


def test_a_person_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")


def test_a_superuser_is_made_like_anybody_else() -> None:
    root = User.objects.create_superuser("Root@example.org", "pass", display_name="Root")
    assert (root.email, root.is_staff, root.is_superuser) == ("root@example.org", True, True)


def test_history_names_a_person_by_public_id_and_the_system_by_its_part() -> None:
    person = PersonFactory.create()
    assert [actor_name(person), actor_name(SETUP)] == [f"user:{person.public_id}", "system:setup"]


def test_a_person_is_found_by_address() -> None:
    person = PersonFactory.create(email="here@example.org")
    assert [person_with(" Here@Example.org"), person_with("gone@example.org")] == [person, None]
