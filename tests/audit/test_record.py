"""An event is appended once, in its own transaction, at the end of its subject's chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from apps.audit.domain.history import events_of
from apps.audit.domain.record import record
from apps.audit.domain.verify import verify
from apps.audit.models import Event, Head
from apps.engine.refusal import Refusal
from tests.factories.audit import DRAFT, MORNING, OFFICER, happened

TOLD: dict[str, Any] = {
    "subject": "case:CS-2026-0001",
    "verb": "open_draft",
    "by": OFFICER,
    "at": MORNING,
    "payload": DRAFT,
}


@pytest.mark.django_db
def test_each_event_holds_the_hash_of_the_one_before_it() -> None:
    first, second, third = happened(times=3)
    assert [first.previous, second.previous, third.previous] == ["", first.hash, second.hash]
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert Head.objects.values_list("seq", "hash").get() == (3, third.hash)


@pytest.mark.django_db
def test_each_subject_has_its_own_chain() -> None:
    happened("case:CS-2026-0001")
    (other,) = happened("case:CS-2026-0002")
    assert (other.seq, other.previous) == (1, "")


@pytest.mark.django_db
def test_what_is_read_back_hashes_to_what_was_recorded() -> None:
    happened(times=2)
    assert [entry.digest() for entry in events_of("case:CS-2026-0001")] == list(
        Event.objects.order_by("seq").values_list("hash", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject": "CS-2026-0001"}, "bad_subject"),
        ({"subject": "case:two words"}, "bad_subject"),
        ({"subject": "case:" + "9" * 200}, "bad_subject"),
        ({"subject": "person:7"}, "wrong_subject"),
        ({"by": ""}, "bad_actor"),
        ({"by": "chen"}, "bad_actor"),
        ({"by": "user:" + "9" * 100}, "bad_actor"),
        ({"at": datetime(2026, 11, 22)}, "naive_instant"),  # noqa: DTZ001  the refused one
        ({"verb": "frobnicate"}, "unknown_verb"),
        ({"payload": {}}, "payload_shape"),
        ({"payload": {"kind": 1}}, "payload_shape"),
        ({"payload": {"kind": None}}, "payload_shape"),
        ({"payload": {"kind": "visit", "mood": "good"}}, "payload_shape"),
        ({"payload": ["visit"]}, "payload_shape"),
        ({"payload": {"kind": 0.5}}, "payload_not_plain"),
    ],
)
def test_an_event_history_cannot_hold_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        record(**{**TOLD, **change})
    assert refused.value.code == code
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_a_key_that_may_be_absent_may_be_null() -> None:
    payload = {"facts": ["title"], "version": None}
    event = record(**{**TOLD, "verb": "save_facts", "payload": payload})
    assert event.payload == {"facts": ["title"], "version": None}


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(Refusal, match="stands or falls"):
        record(**TOLD)
    assert Head.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_transaction_that_fails() -> None:
    def change() -> None:
        with transaction.atomic():
            record(**TOLD)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change()
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_subject_queue_and_leave_one_whole_chain() -> None:
    def write(_: int) -> int:
        try:
            return len(happened(times=5))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sum(pool.map(write, range(4))) == 20
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [*range(1, 21)]
    assert verify() == []


@pytest.mark.django_db
def test_the_database_itself_refuses_two_events_at_one_place() -> None:
    (event,) = happened()
    with pytest.raises(IntegrityError):
        Event.objects.create(
            subject=event.subject,
            seq=1,
            verb="open_draft",
            by=OFFICER,
            at=MORNING,
            payload={},
            hash="sha256:other",
        )


@pytest.mark.django_db
def test_an_event_costs_three_statements_and_the_first_of_a_subject_five(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(5):
        record(**TOLD)
    with django_assert_num_queries(3):
        record(**TOLD)
