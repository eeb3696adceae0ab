"""Restricted-party lists as rows: source, dated version, entry and the names of an entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.watchlists.enums import NameKind, PartyKind


class ListSource(models.Model):
    """A list by its code, with what a hit on it means in law and how often it is promised anew."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    legal_effect = models.TextField()
    citation = models.CharField(max_length=200)
    refresh_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(refresh_days__gt=0), name="list_source_interval"),
        ]

    def __str__(self) -> str:
        return self.code


class ListVersion(models.Model):
    """One state of a list. Versions stay for replay; exactly one of a source is searched."""

    source = models.ForeignKey(ListSource, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    as_of = models.DateField()
    read = models.TextField()
    licence = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    words = models.JSONField()
    entries_count = models.PositiveIntegerField()
    published_entries = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)
    active = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "-as_of", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(active=True), name="list_version_one_active"
            ),
            models.UniqueConstraint(fields=["source", "digest"], name="list_version_content_once"),
            models.CheckConstraint(
                condition=Q(entries_count__gt=0), name="list_version_never_empty"
            ),
            models.CheckConstraint(
                condition=Q(published_entries__gte=F("entries_count")),
                name="list_version_within_published",
            ),
            models.CheckConstraint(
                condition=Q(digest__startswith="sha256:"), name="list_version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.version}"


class Entry(models.Model):
    """One listed party in one version. `all_items` NULL: the entry does not say."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="entries")
    party_id = models.CharField(max_length=120)
    name = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    countries = models.JSONField(default=list)
    programme = models.CharField(max_length=200, blank=True)
    citation = models.TextField()
    requirement = models.TextField(blank=True)
    policy = models.TextField(blank=True)
    all_items = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "party_id"], name="entry_once_per_version"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PartyKind]), name="entry_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntryName(models.Model):
    """One spelling of a party, normalised with the words of its version."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    plain = models.CharField(max_length=400, db_index=True)
    ordered = models.CharField(max_length=400, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "name"], name="entry_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NameKind]), name="entry_name_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name
