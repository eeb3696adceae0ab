"""Shape of what one can do with a case now."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown


class ChoiceShown(Shown):
    """One outcome that can be recommended or decided, or why it cannot."""

    outcome = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class ActionShown(Shown):
    """A verb, whether one may do it now, and why or why not."""

    verb = serializers.CharField()
    title = serializers.CharField(source="label")
    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    code = serializers.CharField(allow_blank=True, help_text="Of the refusal; empty if allowed.")
    needs = serializers.ListField(
        child=serializers.CharField(), help_text="Fields of the body beside the version."
    )
    choices = ChoiceShown(many=True)
