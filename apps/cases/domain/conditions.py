"""Conditions of an approval: set with it, met one by one with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.cases.models import Case, Condition
from apps.engine.refusal import Refusal

TEXT_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class NewCondition:
    """A condition about to be set: of the law, with its citation, or of the office."""

    key: str
    text: str
    due: str = ""
    citation: str = ""


def set_conditions(
    case: Case, conditions: Sequence[NewCondition], *, by: User, at: datetime
) -> list[Condition]:
    """Set conditions that the case does not carry yet; what was met before stays met."""
    there = set(Condition.objects.filter(case=case).values_list("key", flat=True))
    return Condition.objects.bulk_create(
        Condition(
            case=case,
            key=condition.key,
            text=condition.text,
            due=condition.due,
            citation=condition.citation,
            set_by=by,
            set_at=at,
        )
        for condition in conditions
        if condition.key not in there
    )


def meet_condition(case: Case, key: str, *, evidence: str, by: User, at: datetime) -> Condition:
    """Put on record that a condition is met and by what it shows.

    Raises Refusal `unknown_condition`, `already_met`, `evidence_required`.
    """
    condition = Condition.objects.select_for_update().filter(case=case, key=key).first()
    if condition is None:
        raise Refusal("unknown_condition", "This case has no such condition.", "key", found=key)
    if condition.met_at is not None:
        raise Refusal("already_met", "This condition is met already.", "key", found=key)
    if not 0 < len(evidence.strip()) <= TEXT_LENGTH:
        raise Refusal(
            "evidence_required",
            "Say by what it shows that the condition is met.",
            "evidence",
            valid=f"text of 1 to {TEXT_LENGTH} characters",
        )
    condition.met_by, condition.met_at, condition.evidence = by, at, evidence
    condition.save(update_fields=["met_by", "met_at", "evidence"])
    return condition


def conditions_of(case: Case) -> list[Condition]:
    """All conditions of a case in the order in which they were set."""
    return list(Condition.objects.filter(case=case).select_related("met_by").order_by("pk"))


def unmet_conditions(case: Case) -> int:
    """How many conditions are still to be met."""
    return Condition.objects.filter(case=case, met_at__isnull=True).count()
