"""Shape of history: events as they stand in the chain, each with its sentence."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown


class EventShown(Shown):
    """Something that happened to a case."""

    seq = serializers.IntegerField()
    verb = serializers.CharField()
    by = serializers.CharField(help_text="user:ID or system:NAME")
    at = serializers.DateTimeField()
    text = serializers.CharField(help_text="The event in one sentence.")
    payload = serializers.DictField()
    previous = serializers.CharField(allow_blank=True)
    hash = serializers.CharField()
