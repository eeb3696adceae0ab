"""Questions put to the requester while a case pauses."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.cases.exact import ExactDecoder, ExactEncoder
from apps.engine.lifecycle import Status


class Pause(models.Model):
    """A case waits for its requester; it remembers the status to which an answer leads back."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="pauses")
    status_before = models.CharField(
        max_length=24, choices=[(status.value, status.value) for status in Status]
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="pause_open_once"
            ),
            models.CheckConstraint(
                condition=Q(status_before__in=[status.value for status in Status]),
                name="pause_status_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at")),
                name="pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"pause of case {self.case_id}"


class Question(models.Model):
    """One question of a pause; with a fact path the answer is typed and becomes that fact."""

    pause = models.ForeignKey("cases.Pause", on_delete=models.CASCADE, related_name="questions")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="questions")
    fact = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    why = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder, null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="question_answered_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["pause", "fact"], condition=~Q(fact=""), name="question_fact_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
