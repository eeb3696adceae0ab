"""A case: one request, where it stands and whose it is. Verdicts live in the screening room."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.cases.enums import CaseKind, ShareScope
from apps.engine.lifecycle import Status

TITLE_LENGTH = 200
SUMMARY_LENGTH = 1000
TIERS = ("T0", "T1", "T2", "T3", "T4")


def fresh_salt() -> str:
    """Secret of one case that keeps digests of its answers from being guessed."""
    return secrets.token_hex(16)


class CaseNumber(models.Model):
    """The last number given in a year; its row lock makes numbers unique and without gaps."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.last} of {self.year}"


class Case(models.Model):
    """One request. Status, outcome, tier, due date, officer, office and end move by verbs only."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in CaseKind])
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    summary = models.TextField(max_length=SUMMARY_LENGTH, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        max_length=24,
        default=Status.DRAFT.value,
        choices=[(status.value, status.value) for status in Status],
    )
    outcome = models.CharField(max_length=64, blank=True)
    tier = models.CharField(max_length=2, blank=True)
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    approved_until = models.DateField(null=True, blank=True, help_text="last day, included")
    version = models.PositiveIntegerField(default=1)
    salt = models.CharField(max_length=32, default=fresh_salt, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        permissions = tuple((scope.value, scope.value.replace("_", " ")) for scope in ShareScope)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-created_at"], name="case_owner_newest"),
            models.Index(fields=["office", "status", "due_on"], name="case_office_status_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CaseKind]), name="case_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="case_status_known",
            ),
            models.CheckConstraint(condition=Q(tier__in=["", *TIERS]), name="case_tier_known"),
            models.CheckConstraint(
                condition=Q(officer__isnull=True) | Q(office__isnull=False),
                name="case_officer_needs_office",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DRAFT.value)
                | Q(office__isnull=True, outcome="", tier=""),
                name="case_draft_is_with_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.APPROVED.value) | Q(approved_until__isnull=False),
                name="case_approval_ends",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("created_at")), name="case_changed_after_created"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
