"""Shape of the edition of the rulebook that decides."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown, Strict


class EditionFilter(Strict):
    """On which day; today if none is named."""

    on = serializers.DateField(required=False)


class EditionShown(Shown):
    """An edition, with the regimes it holds rules of on the day."""

    id = serializers.CharField()
    digest = serializers.CharField()
    on = serializers.DateField()
    regimes = serializers.ListField(child=serializers.CharField())
