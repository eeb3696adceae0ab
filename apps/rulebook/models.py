"""Editions of the rulebook as rows: which law decided, kept for replay, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Edition(models.Model):
    """One edition by its id, with the digest of all its rows and the first day it decides."""

    name = models.SlugField(max_length=40, unique=True)  # "2026-11-a"
    digest = models.CharField(max_length=71)
    in_force_from = models.DateField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-in_force_from", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by="")
                | (Q(published_at__isnull=False) & ~Q(published_by="")),
                name="edition_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(digest__startswith="sha256:"), name="edition_digest"
            ),
            models.CheckConstraint(condition=~Q(loaded_by=""), name="edition_loaded_by"),
        ]

    def __str__(self) -> str:
        return self.name


class EditionRow(models.Model):
    """One dated row of an edition. `place` keeps the order in which the rows were read."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=16)
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    body = models.JSONField()
    since = models.DateField(null=True, blank=True)
    before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "table", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["edition", "table", "place"], name="edition_row_one_place"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(before__isnull=True) | Q(since__lt=F("before")),
                name="edition_row_begins_before_it_ends",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "table", "key"], name="edition_row_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
