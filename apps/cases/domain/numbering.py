"""Gives out case numbers: unique, in order and without gaps on both databases."""

from __future__ import annotations

import re

from django.db import connection, transaction
from django.db.models import F

from apps.cases.models import CaseNumber
from apps.engine.refusal import Refusal

_REFERENCE = re.compile(r"CS-\d{4}-\d{4,12}", re.ASCII)


def is_reference(text: str) -> bool:
    """Whether a text could be a case number; what could not is never looked up."""
    return _REFERENCE.fullmatch(text) is not None


def next_reference(year: int) -> str:
    """The next number of a year, as `CS-2026-0042`; to be called in the transaction that uses it.

    The update locks the row of the year until that transaction ends, so two openings at once queue
    up and a number is given back when its opening fails.
    """
    if not connection.in_atomic_block:
        raise Refusal(
            "number_outside_transaction", "A number is given with its case or not at all."
        )
    if not _take_next(year):
        with (
            transaction.atomic()
        ):  # an opening that comes first keeps its row; ours is then ignored
            CaseNumber.objects.bulk_create([CaseNumber(year=year)], ignore_conflicts=True)
        _take_next(year)
    last = CaseNumber.objects.values_list("last", flat=True).get(year=year)
    return f"CS-{year}-{last:04d}"


def _take_next(year: int) -> int:
    return CaseNumber.objects.filter(year=year).update(last=F("last") + 1)
