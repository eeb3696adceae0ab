"""Case numbers are unique, in order and without gaps, even when several people open at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from apps.cases.domain.intake import open_draft
from apps.cases.domain.numbering import is_reference, next_reference
from apps.cases.enums import CaseKind
from apps.cases.models import Case, CaseNumber
from apps.engine.refusal import Refusal
from tests.factories.accounts import NOON, PersonFactory


@pytest.mark.django_db
def test_numbers_count_up_within_a_year_and_start_again_in_the_next() -> None:
    given = [next_reference(year) for year in (2026, 2026, 2027, 2026)]
    assert given == ["CS-2026-0001", "CS-2026-0002", "CS-2027-0001", "CS-2026-0003"]
    assert [str(row) for row in CaseNumber.objects.order_by("year")] == ["3 of 2026", "1 of 2027"]


@pytest.mark.django_db
def test_the_ten_thousandth_number_is_longer() -> None:
    CaseNumber.objects.create(year=2026, last=9999)
    assert next_reference(2026) == "CS-2026-10000"


def fail_after_taking_a_number() -> None:
    with transaction.atomic():
        next_reference(2026)
        raise InterruptedError


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_with_its_case_or_not_at_all() -> None:
    with pytest.raises(Refusal) as refused:
        next_reference(2026)
    assert refused.value.code == "number_outside_transaction"
    with pytest.raises(InterruptedError):
        fail_after_taking_a_number()
    with transaction.atomic():
        assert next_reference(2026) == "CS-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_people_who_open_at_once_get_one_number_each_and_none_is_left_out() -> None:
    people = PersonFactory.create_batch(4)

    def open_some(person: object) -> None:
        try:
            for _ in range(3):
                open_draft(kind=CaseKind.VISIT, by=person, at=NOON)  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(open_some, people))
    numbers = Case.objects.order_by("reference").values_list("reference", flat=True)
    assert list(numbers) == [f"CS-2026-{number:04d}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "could_be"),
    [("CS-2026-0042", True), ("CS-2026-10000", True), ("CS-2026-42", False), ("", False),
     ("cs-2026-0042", False), ("CS-2026-0042\n", False), ("CS-٢٠٢٦-0042", False),
     ("x" * 10_000, False)],
)  # fmt: skip
def test_only_a_text_of_the_shape_of_a_number_is_looked_up(text: str, *, could_be: bool) -> None:
    assert is_reference(text) is could_be
