"""Offices: who looks at requests; a tree inside an institution."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import OfficePermission
from apps.accounts.models.zones import known_time_zone


class Office(models.Model):
    """An office with people in roles. What it is for stands in its charter in the rulebook."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="offices"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    campus = models.CharField(max_length=100, blank=True)
    catch_all = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])

    class Meta:
        permissions = tuple(
            (permission.value, permission.value.replace("_", " "))
            for permission in OfficePermission
        )
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(catch_all=True),
                name="office_one_catch_all_per_institution",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="office_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
