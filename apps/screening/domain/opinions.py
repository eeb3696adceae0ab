"""Recommendations, the signatures under them, and decisions: written once, read back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import Q

from apps.accounts.models import User
from apps.cases.domain.conditions import NewCondition
from apps.cases.models import Case
from apps.engine.lifecycle import Decision
from apps.screening.domain.ruling import Ruling
from apps.screening.models import CaseDecision, Determination, Recommendation, Signature

APPROVING = frozenset({Decision.APPROVE, Decision.APPROVE_WITH_CONDITIONS})


def latest_recommendation(case: Case) -> Recommendation | None:
    """The newest version, which is the one that stands; signatures count for one version only."""
    return Recommendation.objects.filter(case=case).order_by("-version").first()


def conditions_in(recommendation: Recommendation) -> tuple[NewCondition, ...]:
    """The conditions of the office that a recommendation carries."""
    return tuple(NewCondition(**condition) for condition in recommendation.conditions)


def recommendations_of(case: Case) -> list[Recommendation]:
    """Every version with author and signatures, newest first; two queries."""
    found = Recommendation.objects.filter(case=case).order_by("-version")
    return list(found.select_related("author").prefetch_related("signatures__signer"))


def decisions_of(case: Case) -> list[CaseDecision]:
    """Every decision with who made it, newest first."""
    found = CaseDecision.objects.filter(case=case).order_by("-number")
    return list(found.select_related("decided_by", "recommendation__author"))


def signed_or_decided(person: User, case: Case) -> bool:
    """Whether a person signed under a recommendation of the case or decided it before."""
    signed = Signature.objects.filter(recommendation__case=case, signer=person)
    decided = CaseDecision.objects.filter(
        Q(decided_by=person) | Q(recommendation__author=person), case=case
    )
    return signed.exists() or decided.exists()


def next_version(case: Case) -> int:
    """The version that the next recommendation for a case will have."""
    last = latest_recommendation(case)
    return last.version + 1 if last else 1


def write_recommendation(
    determination: Determination, ruling: Ruling, *, by: User, at: datetime
) -> Recommendation:
    """The next version of what is recommended for a case; earlier ones stay as they were."""
    case = determination.case
    return Recommendation.objects.create(
        case=case,
        version=next_version(case),
        determination=determination,
        author=by,
        requester_id=case.owner_id,
        outcome=ruling.outcome.value,
        text=ruling.reason,
        until=_last_day(ruling),
        conditions=[asdict(condition) for condition in ruling.conditions],
        at=at,
    )


def write_signature(
    recommendation: Recommendation, *, text: str, by: User, at: datetime
) -> Signature:
    """A second person's name under one version; the database refuses the first person's."""
    return Signature.objects.create(
        recommendation=recommendation,
        author_id=recommendation.author_id,
        signer=by,
        text=text,
        at=at,
    )


def write_decision(
    determination: Determination,
    ruling: Ruling,
    *,
    by: User,
    at: datetime,
    recommendation: Recommendation | None = None,
) -> CaseDecision:
    """What was decided on a determination, with reasons and, for an approval, its last day."""
    case = determination.case
    return CaseDecision.objects.create(
        case=case,
        number=CaseDecision.objects.filter(case=case).count() + 1,
        determination=determination,
        recommendation=recommendation,
        outcome=ruling.outcome.value,
        reason=ruling.reason,
        until=_last_day(ruling),
        decided_by=by,
        decided_at=at,
    )


def _last_day(ruling: Ruling) -> date | None:
    return ruling.until if ruling.outcome in APPROVING else None
