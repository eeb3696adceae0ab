"""A determination as it was made: inputs, digests and answer, never changed afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.cases.exact import ExactDecoder, ExactEncoder
from apps.screening.enums import Cause

TIERS = ("T0", "T1", "T2", "T3", "T4")


class Determination(models.Model):
    """The engine's answer for one case at one time; `number` counts those of the case from 1.

    `facts` is the document it read, found facts included; `record` the compact answer with its
    trace by position, expanded only to be read. Equal inputs replay to the same `digest`.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=16, choices=[(cause.value, cause.value) for cause in Cause])
    on = models.DateField(help_text="the day whose law was applied")
    at = models.DateTimeField()
    facts = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder)
    facts_digest = models.CharField(max_length=80)
    edition_id = models.CharField(max_length=64)
    edition_digest = models.CharField(max_length=80)
    lists = models.JSONField(default=list)
    lists_complete = models.BooleanField()
    lists_why = models.TextField(blank=True)
    record = models.JSONField()
    digest = models.CharField(max_length=80)
    outcome = models.CharField(max_length=64)
    tier = models.CharField(max_length=2)
    open = models.PositiveIntegerField(help_text="regimes of exposures without an answer")
    open_questions = models.PositiveIntegerField(help_text="of them, those that ask for a fact")
    open_conditions = models.PositiveIntegerField()
    to_confirm = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="determination_number_once"),
            models.CheckConstraint(
                condition=Q(cause__in=[cause.value for cause in Cause]),
                name="determination_cause_known",
            ),
            models.CheckConstraint(condition=Q(tier__in=TIERS), name="determination_tier_known"),
            models.CheckConstraint(
                condition=Q(open__gte=models.F("open_questions")),
                name="determination_questions_are_open",
            ),
            models.CheckConstraint(
                condition=Q(lists_complete=True) | ~Q(lists_why=""),
                name="determination_incomplete_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"determination {self.number} of case {self.case_id}"
