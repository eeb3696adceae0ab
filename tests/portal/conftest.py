"""A house under a small law, and people of it in front of a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from tests.factories import workflow
from tests.factories.workflow import NOON, House

LATER = NOON + timedelta(hours=1)

Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are asked for an hour after the cases of the house were made."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def home(db: None) -> House:
    """An institution with offices, people, law and lists."""
    return workflow.house()


@pytest.fixture
def browser(db: None) -> Browser:
    """A browser in which somebody has signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
