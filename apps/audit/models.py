"""History as rows: events chained per subject, the head of each chain, and seals over all heads.

No row holds a foreign key: history neither blocks nor dies with what it tells of.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

DIGEST_LENGTH = 71  # "sha256:" and 64 hexadecimal digits
SUBJECT_LENGTH = 200
ACTOR_LENGTH = 100
VERB_LENGTH = 60


class Event(models.Model):
    """Something that happened to a subject, chained to what happened to it before."""

    subject = models.CharField(max_length=SUBJECT_LENGTH)
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=VERB_LENGTH)
    by = models.CharField(max_length=ACTOR_LENGTH)
    at = models.DateTimeField()
    payload = models.JSONField()
    previous = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    hash = models.CharField(max_length=DIGEST_LENGTH, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "seq"], name="audit_event_one_per_place"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_event_from_one"),
            models.CheckConstraint(
                condition=Q(seq=1, previous="") | Q(seq__gt=1) & ~Q(previous=""),
                name="audit_event_first_has_no_previous",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(verb="") & ~Q(by="") & ~Q(hash=""),
                name="audit_event_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq} {self.verb}"


class Head(models.Model):
    """The end of one chain: its lock keeps writers in line, its content shows a cut-off tail."""

    subject = models.CharField(max_length=SUBJECT_LENGTH, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=DIGEST_LENGTH, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(seq=0, hash="") | Q(seq__gte=1) & ~Q(hash=""),
                name="audit_head_empty_or_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq}"


class Seal(models.Model):
    """All heads at one moment, as one hash, chained to the seal before it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    heads = models.PositiveBigIntegerField()
    root = models.CharField(max_length=DIGEST_LENGTH)
    previous = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    hash = models.CharField(max_length=DIGEST_LENGTH, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_seal_from_one"),
            models.CheckConstraint(
                condition=Q(number=1, previous="") | Q(number__gt=1) & ~Q(previous=""),
                name="audit_seal_first_has_no_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedHead(models.Model):
    """A head as a seal found it; written only when it moved since the seal before."""

    number = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "seq"], name="audit_sealed_head_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, seq__gte=1), name="audit_sealed_head_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq} in seal {self.number}"
