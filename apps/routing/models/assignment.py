"""Who has a case, from when until when, and why it came there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Assignment(models.Model):
    """A case with an office, and with one officer once somebody took it; `until` empty: still so.

    `why` and `passed_over` are the sentences that routing gave, word for word. `by` is who moved
    it, nobody when routing did. `due_on` is the office's own day, whomever the case waits for.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=64, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.JSONField(default=list)
    passed_over = models.JSONField(default=list)
    edition_id = models.CharField(max_length=64, blank=True)
    due_on = models.DateField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True), name="assignment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="assignment_since_until",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} with office {self.office_id}"
