"""Shape of the person who asks, with the roles held today."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown


class RoleShown(Shown):
    """A role held at an office."""

    role = serializers.CharField()
    office = serializers.CharField(source="office.slug", help_text="Slug of the office.")


class MeShown(Shown):
    """Who I am here, and what I hold."""

    id = serializers.UUIDField(source="person.public_id")
    name = serializers.CharField(source="person.display_name")
    email = serializers.EmailField(source="person.email")
    time_zone = serializers.CharField(source="person.time_zone")
    institution = serializers.CharField(
        source="person.institution.slug", default=None, allow_null=True
    )
    roles = RoleShown(many=True)
