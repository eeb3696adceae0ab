"""Shapes of what is open on a case: questions, conditions, list hits, opinions."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown
from apps.api.serializers.people import PersonShown


class QuestionShown(Shown):
    """A question that waits for the requester."""

    id = serializers.IntegerField()
    fact = serializers.CharField(allow_blank=True, help_text="Empty: answered in words.")
    text = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()


class ConditionShown(Shown):
    """A condition of an approval."""

    key = serializers.CharField()
    text = serializers.CharField()
    due = serializers.CharField(allow_blank=True)
    citation = serializers.CharField(allow_blank=True, help_text="Empty: set by the office.")
    set_at = serializers.DateTimeField()
    met_at = serializers.DateTimeField(allow_null=True)
    evidence = serializers.CharField(allow_blank=True)


class HitShown(Shown):
    """A listed party found under the name of a party of the case."""

    id = serializers.IntegerField()
    party = serializers.CharField(help_text="Path of the party, as people.lin.")
    asked_name = serializers.CharField()
    list = serializers.CharField()
    list_version = serializers.CharField()
    listed_name = serializers.CharField()
    matched_name = serializers.CharField()
    how = serializers.CharField()
    citation = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    settled_by = PersonShown(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
