"""Shapes of facts: answers going in, the document coming out, and the registry."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Document, Shown, Versioned


class FactsInput(Versioned):
    """Answers by fact path, plain or long (`{value, source, as_of}`).

    `null` takes one back, `unknown` says that it is not known.
    """

    facts = Document(help_text="All are saved or none.")


class FactsShown(Shown):
    """The facts of a case as a document `facts/1`, with the version they belong to."""

    format = serializers.CharField(default="facts/1")
    reference = serializers.CharField()
    version = serializers.IntegerField()
    facts = serializers.DictField(help_text="formats.md, section 2.")


class FactSpecShown(Shown):
    """One fact that may be known of a case."""

    name = serializers.CharField(source="pattern", help_text="Path, with a star for an id.")
    type = serializers.CharField(source="type.name")
    unit = serializers.CharField(allow_blank=True)
    values = serializers.ListField(child=serializers.CharField())
    title = serializers.CharField(source="label")
    ask = serializers.CharField()
    why = serializers.CharField()
    privacy = serializers.IntegerField(help_text="1 open, 2 personal, 3 sensitive.")
    legal_basis = serializers.CharField(allow_blank=True)
    asked_of = serializers.CharField()
