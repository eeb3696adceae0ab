"""What every answer carries, and what those who watch are told."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client

from collabscreen import health
from collabscreen.middleware import RequestIdFilter
from tests.factories.jobs import queued


def test_every_answer_closes_the_page_to_other_origins(client: Client) -> None:
    answer = client.get("/healthz")
    policy = dict(
        rule.strip().partition(" ")[::2]
        for rule in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_an_answer_has_an_id_to_find_it_by(client: Client) -> None:
    assert len(client.get("/healthz").headers["X-Request-ID"]) == 32


def test_a_well_formed_id_is_kept_and_any_other_replaced(client: Client) -> None:
    kept = client.get("/healthz", headers={"X-Request-ID": "abc-12345"})
    replaced = client.get("/healthz", headers={"X-Request-ID": "abc 12345\tforged line"})
    assert kept.headers["X-Request-ID"] == "abc-12345"
    assert len(replaced.headers["X-Request-ID"]) == 32


def test_a_log_line_outside_any_request_has_a_dash_for_an_id() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "text", None, None)
    assert RequestIdFilter().filter(record)
    assert record.__dict__["request_id"] == "-"


def test_alive_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_means_the_database_answers_and_is_up_to_date(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "parts": {"database": True, "migrations": True, "worker": True},
    }


def test_a_database_that_does_not_answer_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert not health._database_answers()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ok": False,
        "parts": {"database": False, "migrations": False, "worker": False},
    }


@pytest.mark.django_db
def test_work_that_nobody_does_is_told(client: Client) -> None:
    queued()  # of a day long gone
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": True, "migrations": True, "worker": False}
