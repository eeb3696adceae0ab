"""A name of a case that a list knows too, and what an officer made of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.screening.enums import HitState


class ListHit(models.Model):
    """One listed party found under the name of one party of a case; open until somebody settles it.

    A later search that finds the same party again keeps what was settled.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=100, help_text="path of the party, as people.lin")
    asked_name = models.CharField(max_length=400)
    list = models.CharField(max_length=64)
    list_version = models.CharField(max_length=64)
    listed_id = models.CharField(max_length=120)
    listed_name = models.CharField(max_length=400)
    matched_name = models.CharField(max_length=400)
    how = models.CharField(max_length=16)
    citation = models.CharField(max_length=400, blank=True)
    all_items = models.BooleanField(null=True, blank=True)
    found_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        default=HitState.OPEN.value,
        choices=[(state.value, state.value) for state in HitState],
    )
    reason = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "party", "asked_name", "list", "listed_id"],
                name="list_hit_once_per_name",
            ),
            models.CheckConstraint(
                condition=Q(state=HitState.OPEN.value, settled_by=None, settled_at=None, reason="")
                | Q(
                    ~Q(reason=""),
                    state__in=[HitState.CONFIRMED.value, HitState.DISMISSED.value],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="list_hit_settled_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} on {self.list}: {self.state}"
