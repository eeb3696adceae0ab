"""Whoever owns the database can change history, and is found out."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from apps.audit.domain.append_only import remove_triggers
from apps.audit.domain.entry import Entry
from apps.audit.domain.history import FIELDS
from apps.audit.domain.seal import seal
from apps.audit.domain.stored import UNREADABLE, read_instant
from apps.audit.domain.verify import verify
from apps.audit.models import Event, Head
from tests.factories.audit import MORNING, OFFICER, happened, tamper

CASE = "case:CS-2026-0001"


def signs() -> list[tuple[str, int, str]]:
    return [(finding.subject, finding.seq, finding.code) for finding in verify()]


@pytest.fixture
def told(db: None) -> None:
    """Three events of one subject and one of another, under one seal, and one more since."""
    happened(CASE, times=3)
    happened("case:CS-2026-0002")
    seal(at=MORNING)
    happened(CASE)


@pytest.mark.usefixtures("told")
def test_history_that_nobody_touched_is_whole() -> None:
    assert verify() == []


@pytest.mark.django_db
def test_no_history_is_whole_history() -> None:
    assert verify() == []


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "withdraw"),
        ("by", "user:eve"),
        ("at", "2026-11-23 09:00:00+00:00"),
        ("payload", '{"kind": "joint_venture"}'),
    ],
)
def test_a_changed_row_is_found(column: str, value: str) -> None:
    tamper(f"UPDATE audit_event SET {column} = %s WHERE subject = %s AND seq = 2", value, CASE)
    assert signs() == [(CASE, 2, "changed_row")]


@pytest.mark.usefixtures("told")
def test_a_row_moved_to_another_subject_is_found_in_both() -> None:
    tamper(
        "UPDATE audit_event SET subject = 'case:CS-2026-0003' WHERE subject = %s AND seq = 2", CASE
    )
    assert signs() == [
        (CASE, 2, "removed_row"),
        ("case:CS-2026-0003", 1, "removed_row"),
        ("case:CS-2026-0003", 2, "changed_row"),
        ("case:CS-2026-0003", 2, "head_removed"),
    ]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("seq", [1, 2])
def test_a_removed_row_is_found(seq: int) -> None:
    tamper("DELETE FROM audit_event WHERE subject = %s AND seq = %s", CASE, seq)
    assert signs() == [(CASE, seq, "removed_row")]


@pytest.mark.usefixtures("told")
def test_a_tail_cut_off_is_found_by_the_head() -> None:
    tamper("DELETE FROM audit_event WHERE subject = %s AND seq = 4", CASE)
    assert signs() == [(CASE, 4, "cut_off")]


@pytest.mark.usefixtures("told")
def test_a_tail_cut_off_together_with_its_head_is_found_by_the_seal() -> None:
    tamper("DELETE FROM audit_event WHERE subject = %s AND seq > 2", CASE)
    second = Event.objects.get(subject=CASE, seq=2)
    Head.objects.filter(subject=CASE).update(seq=2, hash=second.hash)
    assert signs() == [(CASE, 3, "cut_off")]


@pytest.mark.usefixtures("told")
def test_a_subject_wiped_out_is_found_by_the_seal() -> None:
    tamper("DELETE FROM audit_event WHERE subject = %s", CASE)
    tamper("DELETE FROM audit_head WHERE subject = %s", CASE)
    assert signs() == [(CASE, 3, "cut_off")]


@pytest.mark.usefixtures("told")
def test_a_row_changed_and_hashed_anew_breaks_the_link_after_it() -> None:
    forge(2, by="user:eve")
    assert signs() == [(CASE, 3, "broken_link")]


@pytest.mark.usefixtures("told")
def test_a_last_row_changed_and_hashed_anew_is_not_what_the_head_holds() -> None:
    forge(4, by="user:eve")
    assert signs() == [(CASE, 4, "head_differs")]


@pytest.mark.usefixtures("told")
def test_a_chain_rewritten_with_its_head_is_found_by_the_seal() -> None:
    rewrite(by="user:eve")
    assert signs() == [(CASE, 3, "rechained")]


@pytest.mark.usefixtures("told")
def test_an_event_put_in_past_the_door_is_found() -> None:
    fourth = Event.objects.get(subject=CASE, seq=4)
    fifth = Entry(CASE, 5, "withdraw", OFFICER, MORNING, {}, previous=fourth.hash)
    Event.objects.create(
        subject=CASE,
        seq=5,
        verb="withdraw",
        by=OFFICER,
        at=MORNING,
        payload={},
        previous=fourth.hash,
        hash=fifth.digest(),
    )
    assert signs() == [(CASE, 5, "unrecorded")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-22 09:00:00", MORNING),
        ("2026-11-22 09:00:00+00", MORNING),
        ("2026-11-22 10:00:00.000000+01:00", MORNING),
        ("2026-13-45 09:00:00", UNREADABLE),
        ("when it suited", UNREADABLE),
    ],
)
def test_an_instant_that_is_none_does_not_stop_the_reader(text: str, at: datetime) -> None:
    assert read_instant(text) == at


@pytest.mark.django_db
def test_verification_reads_each_table_once_or_twice_however_long_history_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for subjects in (1, 3, 10):
        for number in range(subjects):
            happened(f"case:CS-2026-{number:04}")
        seal(at=MORNING)
        with django_assert_num_queries(7):
            assert verify() == []


def forge(seq: int, *, by: str) -> None:
    """Change who did it and give the row the hash it then must carry."""
    row = Event.objects.filter(subject=CASE, seq=seq)
    *told, _ = row.values_list(*FIELDS).get()
    told[FIELDS.index("by")] = by
    remove_triggers(connection)
    row.update(by=by, hash=Entry(*told).digest())


def rewrite(*, by: str) -> None:
    """Forge the whole chain and its head, as somebody would who knows how it is made."""
    remove_triggers(connection)
    previous = ""
    for event in Event.objects.filter(subject=CASE).order_by("seq"):
        entry = Entry(CASE, event.seq, event.verb, by, event.at, event.payload, previous)
        previous, event.by = entry.digest(), by
        event.previous, event.hash = entry.previous, previous
        event.save()
    Head.objects.filter(subject=CASE).update(hash=previous)
