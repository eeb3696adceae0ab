"""People, institutions and offices for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory

from apps.accounts.domain.actors import SETUP
from apps.accounts.domain.membership import join_office
from apps.accounts.models import Facility, Institution, Membership, Office, Unit, User
from apps.engine.lifecycle import Role

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 24)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class InstitutionFactory(factory.django.DjangoModelFactory[Institution]):
    """An invented university in an invented country."""

    class Meta:
        model = Institution

    slug = factory.Sequence(lambda number: f"university-{number}")
    name = factory.Sequence(lambda number: f"University {number}")
    country = "XA"
    kind = "university"


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A department."""

    class Meta:
        model = Unit

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda number: f"unit-{number}")
    name = factory.Sequence(lambda number: f"Department {number}")


class FacilityFactory(factory.django.DjangoModelFactory[Facility]):
    """A laboratory that is shared."""

    class Meta:
        model = Facility

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda number: f"facility-{number}")
    name = factory.Sequence(lambda number: f"Facility {number}")


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    """An office that is no catch-all."""

    class Meta:
        model = Office

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda number: f"office-{number}")
    name = factory.Sequence(lambda number: f"Office {number}")


class PersonFactory(factory.django.DjangoModelFactory[User]):
    """A person of an institution, without a password."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    display_name = factory.Sequence(lambda number: f"Person {number}")
    institution = factory.SubFactory(InstitutionFactory)


def hold(
    person: User,
    office: Office,
    role: Role = Role.REVIEW_OFFICER,
    *,
    since: date = YESTERDAY,
    until: date | None = None,
) -> Membership:
    """A role at an office, given through the verb."""
    return join_office(person, office, role=role, since=since, until=until, by=SETUP, at=NOON)


def officer_at(office: Office, role: Role = Role.REVIEW_OFFICER) -> User:
    """A person who holds a role at an office today."""
    person = PersonFactory.create(institution=office.institution)
    hold(person, office, role)
    return person
