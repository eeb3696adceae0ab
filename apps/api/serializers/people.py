"""Shapes of people and offices, as others may see them."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown


class PersonShown(Shown):
    """Who somebody is to others: no address, no institution."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="display_name")


class OfficeShown(Shown):
    """An office by its slug and name."""

    slug = serializers.CharField()
    name = serializers.CharField()
