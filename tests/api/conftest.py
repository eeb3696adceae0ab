"""People who ask, and clients that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User

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
        return User.objects.create_user(
            f"{name}@example.org", PASSWORD, display_name=name.capitalize(), **extra
        )

    return make


@pytest.fixture
def rosa(new_person: Callable[..., User]) -> User:
    """Somebody with no role anywhere."""
    return new_person("rosa")


@pytest.fixture
def nobody() -> APIClient:
    """A client that is not signed in."""
    return APIClient()


@pytest.fixture
def signed_in() -> Callable[[User], APIClient]:
    """A client signed in as somebody, whatever the way."""

    def sign_in(person: User) -> APIClient:
        client = APIClient()
        client.force_authenticate(user=person)
        return client

    return sign_in
