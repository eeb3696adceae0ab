"""A seal holds every head; what is sealed cannot be sealed otherwise afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from apps.audit.domain.canon import Json, digest
from apps.audit.domain.seal import seal
from apps.audit.domain.verify import verify
from apps.audit.models import Head, Seal, SealedHead
from apps.audit.tasks import seal_heads
from tests.factories.audit import MORNING, happened, tamper


def signs() -> list[tuple[int, str]]:
    return [(finding.seq, finding.code) for finding in verify()]


@pytest.fixture
def sealed(db: None) -> None:
    """Three seals over a growing history."""
    for day in range(3):
        happened(f"case:CS-2026-{day:04}")
        seal(at=MORNING + timedelta(days=day))


@pytest.mark.django_db
def test_the_root_is_one_hash_over_subject_place_and_hash_in_order() -> None:
    (late,) = happened("case:CS-2026-0002")
    (early,) = happened("case:CS-2026-0001")
    made = seal(at=MORNING)
    told: list[Json] = [["case:CS-2026-0001", 1, early.hash], ["case:CS-2026-0002", 1, late.hash]]
    assert (made.number, made.heads, made.root, made.previous) == (1, 2, digest(told), "")


@pytest.mark.usefixtures("sealed")
def test_each_seal_holds_the_hash_of_the_one_before_it_and_only_heads_that_moved() -> None:
    first, second, third = Seal.objects.order_by("number")
    assert [first.previous, second.previous, third.previous] == ["", first.hash, second.hash]
    assert [first.heads, second.heads, third.heads] == [1, 2, 3]
    assert SealedHead.objects.count() == 3
    assert verify() == []


@pytest.mark.django_db
def test_nothing_to_seal_is_sealed_too() -> None:
    seal_heads()
    assert (Seal.objects.get().heads, verify()) == (0, [])


@pytest.mark.usefixtures("sealed")
def test_a_changed_seal_is_found() -> None:
    tamper("UPDATE audit_seal SET at = '2026-11-30 09:00:00+00:00' WHERE number = 2")
    assert signs() == [(2, "seal_changed")]


@pytest.mark.usefixtures("sealed")
def test_a_removed_seal_is_found() -> None:
    tamper("DELETE FROM audit_seal WHERE number = 1")
    assert signs() == [(1, "seal_removed"), (2, "seal_forged"), (3, "seal_forged")]


@pytest.mark.usefixtures("sealed")
def test_the_newest_seal_cut_off_is_found() -> None:
    tamper("DELETE FROM audit_seal WHERE number = 3")
    assert signs() == [(3, "seal_cut_off")]


@pytest.mark.usefixtures("sealed")
def test_all_seals_cut_off_are_found() -> None:
    tamper("DELETE FROM audit_seal")
    tamper("DELETE FROM audit_sealedhead")
    assert signs() == [(3, "seal_cut_off")]


@pytest.mark.usefixtures("sealed")
def test_a_sealed_head_taken_out_leaves_the_root_unfounded() -> None:
    tamper("DELETE FROM audit_sealedhead WHERE number = 2")
    assert signs() == [(2, "seal_forged"), (3, "seal_forged")]


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(("number", "after"), [(2, 3), (3, 3)])
def test_a_seal_made_anew_does_not_fit_its_neighbours(number: int, after: int) -> None:
    seal_made = Seal.objects.get(number=number)
    forged = digest(
        {
            "number": number,
            "at": "2026-11-30T09:00:00.000000+00:00",
            "heads": seal_made.heads,
            "root": seal_made.root,
            "previous": seal_made.previous,
        }
    )
    tamper(
        "UPDATE audit_seal SET at = '2026-11-30 09:00:00+00:00', hash = %s WHERE number = %s",
        forged,
        number,
    )
    assert signs() == [(after, "seal_replaced")]


@pytest.mark.django_db(transaction=True)
def test_seals_made_at_once_queue() -> None:
    happened()

    def make(_: int) -> int:
        try:
            return seal(at=MORNING).number
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=3) as pool:
        assert sorted(pool.map(make, range(3))) == [1, 2, 3]
    assert verify() == []


@pytest.mark.django_db
def test_a_seal_costs_the_same_statements_however_many_heads_moved(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    seal(at=MORNING)
    for subjects in (1, 3, 40):
        for number in range(subjects):
            happened(f"case:CS-2026-{number:04}")
        with django_assert_num_queries(7):
            seal(at=MORNING)
    assert Head.objects.count() == 41
