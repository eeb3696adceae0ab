"""What must be done before an approval holds, and who found it done."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Condition(models.Model):
    """One condition of an approval: of the law, under the id of its rule, or set by the office."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="conditions")
    key = models.CharField(max_length=64, help_text="id of the condition, as tsr_assurance")
    text = models.TextField()
    due = models.CharField(max_length=64, blank=True, help_text="by when, as before_release")
    citation = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    met_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "key"], name="condition_once_per_case"),
            models.CheckConstraint(
                condition=Q(met_by__isnull=True, met_at__isnull=True, evidence="")
                | Q(~Q(evidence=""), met_by__isnull=False, met_at__isnull=False),
                name="condition_met_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(met_at__gte=F("set_at")),
                name="condition_met_after_it_was_set",
            ),
        ]

    def __str__(self) -> str:
        return self.key
