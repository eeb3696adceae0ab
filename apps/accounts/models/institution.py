"""Institutions with their tree of units and their facilities."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from apps.accounts.enums import InstitutionKind

iso_alpha_2 = RegexValidator(
    r"^[A-Z]{2}$", "Two capital letters of ISO 3166-1.", code="unknown_country"
)


class Institution(models.Model):
    """A university, institute, company or authority."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, validators=[iso_alpha_2])
    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in InstitutionKind]
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InstitutionKind]),
                name="institution_kind_known",
            ),
            models.CheckConstraint(
                condition=Exact(Length("country"), 2), name="institution_country_two_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A faculty, department or group; units form a tree."""

    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    slug = models.SlugField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "slug"], name="unit_slug_once_per_institution"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Facility(models.Model):
    """Rooms and tools that are shared: a clean room, a microscope hall, a computing centre."""

    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="facilities"
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="facilities"
    )
    slug = models.SlugField()
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "facilities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "slug"], name="facility_slug_once_per_institution"
            ),
        ]

    def __str__(self) -> str:
        return self.name
