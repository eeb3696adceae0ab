"""Shapes of notices: the inbox, and having seen it."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown, Strict, Whole

LARGEST_ID = 2**63 - 1


class NoticeFilter(Strict):
    """Which part of the inbox."""

    limit = serializers.IntegerField(default=50, min_value=1, max_value=200)
    skip = serializers.IntegerField(default=0, min_value=0, max_value=1_000_000)


class NoticeShown(Shown):
    """What one was told."""

    id = serializers.IntegerField()
    event = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    url = serializers.CharField(help_text="A path of this site.")
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)


class InboxShown(Shown):
    """A part of the inbox, newest first, and how much of the whole is new."""

    unseen = serializers.IntegerField()
    notices = NoticeShown(many=True)


class SeenInput(Strict):
    """Which notices were seen; all of them if none is named."""

    ids = serializers.ListField(
        child=Whole(min_value=1, max_value=LARGEST_ID), required=False, max_length=500
    )


class SeenShown(Shown):
    """How many of them were new."""

    seen = serializers.IntegerField()
