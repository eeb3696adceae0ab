"""Reads of the room: determinations, newest first."""

from __future__ import annotations

from collections.abc import Iterable

from apps.cases.models import Case
from apps.engine.refusal import Refusal
from apps.screening.models import Determination


def latest_determination(case: Case) -> Determination | None:
    """The one that counts for a case now; None before it is submitted."""
    return Determination.objects.filter(case=case).order_by("-number").first()


def standing_determination(case: Case) -> Determination:
    """The one that counts, for verbs that cannot do without. Refusal `not_determined`."""
    last = latest_determination(case)
    if last is None:
        raise Refusal("not_determined", "This case was never determined.", where=case.reference)
    return last


def open_counts(cases: Iterable[Case]) -> dict[int, int]:
    """How many cells the standing determination of each case leaves open, by case id; one query."""
    rows = Determination.objects.filter(case__in=[case.pk for case in cases])
    return dict(rows.order_by("number").values_list("case_id", "open"))


def determinations_of(case: Case) -> list[Determination]:
    """All of a case, newest first, without the heavy parts."""
    rows = Determination.objects.filter(case=case).order_by("-number")
    return list(rows.defer("facts", "record"))
