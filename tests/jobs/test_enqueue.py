"""A job is queued once per key, with the change that causes it, and only its id is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from apps.engine.refusal import Refusal
from apps.jobs.domain.enqueue import enqueue
from apps.jobs.models import Job
from apps.jobs.states import State
from apps.jobs.tasks import run
from tests.factories.jobs import NOON, queued


@pytest.mark.django_db
def test_the_same_key_is_the_same_job() -> None:
    first = queued()
    again = enqueue("tests.note", key="note:1", payload={"other": 1}, at=NOON + timedelta(days=1))
    assert (again.pk, again.payload, Job.objects.count()) == (first.pk, {}, 1)


@pytest.mark.django_db
def test_a_key_belongs_to_one_kind() -> None:
    queued("tests.note")
    with pytest.raises(Refusal) as refused:
        queued("tests.count")
    assert refused.value.code == "job_key_taken"


@pytest.mark.django_db
def test_a_kind_nobody_handles_is_refused_loudly() -> None:
    with pytest.raises(Refusal) as refused:
        queued("tests.unheard_of")
    assert (refused.value.code, Job.objects.count()) == ("unknown_job_kind", 0)


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_with_the_transaction_that_fails() -> None:
    def change() -> None:
        with transaction.atomic():
            queued()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change()
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_only_a_job_that_is_due_is_sent_and_only_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as sent:
        job = queued()
        queued()
        later = NOON + timedelta(hours=1)
        waiting = enqueue("tests.note", key="note:2", payload={}, at=NOON, not_before=later)
    assert len(sent) == 1
    assert (job.sent_at, job.not_before) == (NOON, NOON)
    assert (waiting.sent_at, waiting.not_before) == (None, later)


@pytest.mark.django_db
def test_a_broker_that_is_down_does_not_undo_what_was_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(run, "apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = queued()
    assert Job.objects.get().pk == job.pk
    assert job.state == State.QUEUED
    assert "connection refused" in caplog.text


@pytest.mark.django_db
def test_queueing_costs_the_same_statements_every_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in (1, 2, 3):
        with django_assert_num_queries(4):
            queued(key=f"note:{number}")
    with django_assert_num_queries(1):
        queued(key="note:1")


def test_a_job_says_what_it_is() -> None:
    assert str(Job(kind="tests.note", key="note:1")) == "tests.note note:1 queued"
