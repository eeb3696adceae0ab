"""What people made of a determination: recommendations, signatures under them, decisions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.engine.lifecycle import Decision

CHOICES = [(decision.value, decision.value) for decision in Decision]
APPROVING = (Decision.APPROVE.value, Decision.APPROVE_WITH_CONDITIONS.value)


def _known(field: str) -> Q:
    return Q(**{f"{field}__in": [decision.value for decision in Decision]})


def _approval_ends(field: str) -> Q:
    return ~Q(**{f"{field}__in": APPROVING}) | Q(until__isnull=False)


class Recommendation(models.Model):
    """What one officer recommends, with reasons; a change is a new version without signatures."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    determination = models.ForeignKey(
        "screening.Determination", on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=24, choices=CHOICES)
    text = models.TextField()
    until = models.DateField(null=True, blank=True, help_text="last day, included")
    conditions = models.JSONField(default=list, help_text="of the office, beside those of the law")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "version"], name="recommendation_version_once"),
            models.CheckConstraint(condition=_known("outcome"), name="recommendation_known"),
            models.CheckConstraint(
                condition=_approval_ends("outcome"), name="recommended_approval_ends"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_has_reasons"),
            models.CheckConstraint(
                condition=~Q(author=F("requester")), name="recommendation_not_by_the_requester"
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.version} of case {self.case_id}"


class Signature(models.Model):
    """A second person's signature under one version of a recommendation.

    `author` repeats the author of the recommendation, so that a plain constraint can keep the two
    apart; a trigger keeps the repetition true and the requester away (`domain.second_person`).
    """

    recommendation = models.ForeignKey(
        "screening.Recommendation", on_delete=models.PROTECT, related_name="signatures"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(signer=F("author")), name="signature_not_by_the_author"
            ),
            models.UniqueConstraint(
                fields=["recommendation", "signer"], name="signature_once_per_signer"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk} under {self.recommendation_id}"


class CaseDecision(models.Model):
    """A decision by people, with reasons and an end; `recommendation` where two people decided."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    determination = models.ForeignKey(
        "screening.Determination", on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.ForeignKey(
        "screening.Recommendation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    outcome = models.CharField(max_length=24, choices=CHOICES)
    reason = models.TextField()
    until = models.DateField(null=True, blank=True, help_text="last day, included")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="case_decision_number_once"),
            models.CheckConstraint(condition=_known("outcome"), name="case_decision_known"),
            models.CheckConstraint(
                condition=_approval_ends("outcome"), name="decided_approval_ends"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="case_decision_has_reasons"),
            models.CheckConstraint(
                condition=~Q(outcome=Decision.REFUSE.value) | Q(recommendation__isnull=False),
                name="case_decision_refusal_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.number} of case {self.case_id}"
