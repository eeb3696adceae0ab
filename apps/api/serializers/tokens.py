"""Shapes of tokens: asking for one, and showing one."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown, Strict, Text


class TokenInput(Strict):
    """A person's e-mail address and password, and what the token is for."""

    email = Text(max_length=254)
    password = Text(max_length=1000, trim_whitespace=False)
    name = Text(max_length=80, help_text="What the token is for, so that it can be told apart.")
    until = serializers.DateTimeField(
        required=False, help_text="When it ends; 90 days from now if left out, a year at most."
    )


class TokenShown(Shown):
    """A token without its secret."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)


class IssuedShown(Shown):
    """A new token with its secret, which is shown this once."""

    id = serializers.UUIDField(source="token.public_id")
    name = serializers.CharField(source="token.name")
    since = serializers.DateTimeField(source="token.since")
    until = serializers.DateTimeField(source="token.until")
    token = serializers.CharField(source="secret")
