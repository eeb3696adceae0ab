"""People who ask, and clients that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.models import Institution, Office, User
from apps.engine.lifecycle import Role
from tests.api.contract import ContractClient
from tests.api.law import enact
from tests.factories.accounts import OfficeFactory, PersonFactory, hold

PASSWORD = "a long enough pass phrase"
SOME_DAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quick_and_forgetful(settings: Settings) -> Iterator[None]:
    """Passwords are hashed fast, and no test meets the counters of another."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def new_person(db: None) -> Callable[..., User]:
    """Puts somebody on record who can sign in with PASSWORD."""

    def make(name: str = "rosa", **extra: Any) -> User:
        person: User = PersonFactory.build(
            email=f"{name}@example.org",
            display_name=name.capitalize(),
            **{"institution": None, **extra},
        )
        person.set_password(PASSWORD)
        person.save()
        return person

    return make


@pytest.fixture
def office(db: None) -> Office:
    """The one office of a university, which takes everything."""
    return OfficeFactory.create(
        slug="main", name="Main office", catch_all=True, institution__country="XA"
    )


@pytest.fixture
def university(office: Office) -> Institution:
    """A host."""
    return office.institution


@pytest.fixture
def new_officer(new_person: Callable[..., User], office: Office) -> Callable[..., User]:
    """Puts somebody on record who holds roles at the main office."""

    def make(name: str, *roles: Role) -> User:
        officer = new_person(name, institution=office.institution)
        for role in roles:
            hold(officer, office, role, since=date(2020, 1, 1))
        return officer

    return make


@pytest.fixture
def rosa(new_person: Callable[..., User], university: Institution) -> User:
    """A researcher of the university, with no role at its office."""
    return new_person("rosa", institution=university)


@pytest.fixture
def omar(new_person: Callable[..., User], university: Institution) -> User:
    """A colleague who has nothing to do with anything of Rosa's."""
    return new_person("omar", institution=university)


@pytest.fixture
def nobody() -> APIClient:
    """A client that is not signed in."""
    return ContractClient()


@pytest.fixture
def signed_in() -> Callable[[User], APIClient]:
    """A client signed in as somebody, whatever the way."""

    def sign_in(person: User) -> APIClient:
        client = ContractClient()
        client.force_authenticate(user=person)
        return client

    return sign_in


@pytest.fixture
def law(db: None) -> None:
    """There is law, and a list to search."""
    enact()


@pytest.fixture
def rosa_asks(rosa: User, signed_in: Callable[[User], APIClient]) -> APIClient:
    """The requester's client."""
    return signed_in(rosa)


@pytest.fixture
def reviewer(new_officer: Callable[..., User]) -> User:
    """Takes, asks, recommends."""
    return new_officer("otto", Role.REVIEW_OFFICER)


@pytest.fixture
def otto(reviewer: User, signed_in: Callable[[User], APIClient]) -> APIClient:
    """The reviewer's client."""
    return signed_in(reviewer)


@pytest.fixture
def eva(new_officer: Callable[..., User], signed_in: Callable[[User], APIClient]) -> APIClient:
    """The client of the empowered official."""
    return signed_in(new_officer("eva", Role.EMPOWERED_OFFICIAL))
