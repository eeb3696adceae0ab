"""Shapes of what people made of a determination: recommendations, signatures, decisions."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown
from apps.api.serializers.people import PersonShown


class SignatureShown(Shown):
    """A second person's name under one version of a recommendation."""

    signer = PersonShown()
    text = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class RecommendationShown(Shown):
    """One version of what is recommended."""

    version = serializers.IntegerField()
    author = PersonShown()
    outcome = serializers.CharField()
    reason = serializers.CharField(source="text")
    until = serializers.DateField(allow_null=True)
    conditions = serializers.ListField(child=serializers.DictField())
    at = serializers.DateTimeField()
    signatures = SignatureShown(many=True)


class DecisionShown(Shown):
    """A decision by people, with its reasons and end."""

    number = serializers.IntegerField()
    outcome = serializers.CharField()
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    decided_by = PersonShown()
    decided_at = serializers.DateTimeField()
