"""A job as a row: written with the change that causes it, so that no broker can lose it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.jobs.states import FINISHED, State


class Job(models.Model):
    """One piece of work. `key` makes it unique for ever; `payload` holds ids, not content."""

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12,
        default=State.QUEUED.value,
        choices=[(state.value, state.value) for state in State],
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text="since the last progress")
    max_attempts = models.PositiveSmallIntegerField(default=5)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, help_text="when the broker was last given the id")
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, blank=True)
    cancel_asked = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before"], name="job_state_not_before"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="job_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING.value, lease_until__isnull=False)
                & ~Q(lease_token="")
                | ~Q(state=State.RUNNING.value) & Q(lease_until__isnull=True, lease_token=""),
                name="job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in FINISHED])
                & Q(finished_at__isnull=False)
                | ~Q(state__in=[state.value for state in FINISHED]) & Q(finished_at__isnull=True),
                name="job_finished_at_when_finished",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED.value) | ~Q(error=""), name="job_failure_says_why"
            ),
            models.CheckConstraint(
                condition=Q(max_attempts__gte=1, attempts__lte=F("max_attempts")),
                name="job_attempts_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")),
                name="job_done_within_total",
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(key=""), name="job_has_kind_and_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
