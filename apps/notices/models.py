"""A notice as a row: in the inbox of one person, once, and by mail."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

SUBJECT_LENGTH = 200


class Notice(models.Model):
    """What one person is told. `key` makes it unique for that person; `url` is a path of ours."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to", "-created_at", "-id"], name="notice_inbox"),
            models.Index(fields=["to"], condition=Q(seen_at__isnull=True), name="notice_unseen"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["to", "key"], name="notice_once_per_person"),
            models.CheckConstraint(
                condition=~Q(event="") & ~Q(subject="") & ~Q(key=""), name="notice_says_something"
            ),
            models.CheckConstraint(condition=Q(url__startswith="/"), name="notice_points_inside"),
        ]

    def __str__(self) -> str:
        return self.subject
