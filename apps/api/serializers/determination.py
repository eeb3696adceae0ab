"""Shapes of a determination: asking for one, and its answer as formats.md has it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.api.fields import Document, Shown, Strict


class DeterminationInput(Strict):
    """A facts document to be determined; nothing of it is kept."""

    facts = Document(help_text="The block `facts` of formats.md, section 2.")
    on = serializers.DateField(required=False, help_text="The day whose law counts; today.")


class QuestionAsked(Shown):
    """A question whose answer would settle an open cell."""

    fact = serializers.CharField()
    ask = serializers.CharField()
    why = serializers.CharField()
    settles = serializers.ListField(child=serializers.CharField())
    asked_of = serializers.CharField(help_text="requester or office")


class TermShown(Shown):
    """An open condition of an outcome."""

    id = serializers.CharField()
    text = serializers.CharField()
    due = serializers.CharField(allow_blank=True)
    citation = serializers.CharField()


class ChangeShown(Shown):
    """A day inside the window from which the outcome is another one."""

    on = serializers.DateField()
    outcome = serializers.CharField()
    because = serializers.CharField()


class RuleShown(Shown):
    """One rule of the regime with its trace: fired, silent, unknown or not reached."""

    id = serializers.CharField()
    stage = serializers.CharField()
    result = serializers.ChoiceField(choices=["fired", "silent", "unknown", "not_reached"])
    citation = serializers.CharField()
    because = serializers.CharField(allow_blank=True)
    stopped_by = serializers.CharField(required=False)
    trace = serializers.DictField(
        allow_null=True, help_text="A tree of op, result, text, reads; null if not reached."
    )


class RegimeShown(Shown):
    """The answer of one regime for one exposure."""

    regime = serializers.CharField()
    outcome = serializers.CharField()
    kind = serializers.CharField()
    possible = serializers.ListField(child=serializers.CharField(), allow_null=True)
    conditions = TermShown(many=True)
    alternatives = serializers.ListField(child=serializers.CharField())
    to_confirm = serializers.ListField(child=serializers.CharField())
    changes = ChangeShown(many=True)
    questions = QuestionAsked(many=True)
    levers = serializers.ListField(child=serializers.DictField())
    rules = RuleShown(many=True)


class ExposureShown(Shown):
    """One recipient of one technology in one release."""

    key = serializers.CharField()
    release = serializers.CharField()
    who = serializers.CharField()
    what = serializers.CharField()
    regimes = RegimeShown(many=True)


class RouteShown(Shown):
    """Which office and desk it goes to, and why."""

    office = serializers.CharField(allow_blank=True)
    desk = serializers.CharField(allow_blank=True)
    why = serializers.ListField(child=serializers.CharField())


class ConsultedShown(Shown):
    """What the determination depended on."""

    rules = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.CharField())
    lists = serializers.ListField(child=serializers.CharField())


class ResultShown(Shown):
    """The `result` of a determination (formats.md, section 5)."""

    outcome = serializers.CharField()
    open = serializers.IntegerField()
    tier = serializers.ChoiceField(choices=["T0", "T1", "T2", "T3", "T4"])
    route = RouteShown()
    digest = serializers.CharField()
    exposures = ExposureShown(many=True)
    recognised = serializers.ListField(child=serializers.DictField())
    consulted = ConsultedShown()


class EditionNamed(Shown):
    """An edition by id and digest."""

    id = serializers.CharField()
    digest = serializers.CharField()


class DeterminationShown(Shown):
    """A determination with the law, the lists and the day it stands on."""

    on = serializers.DateField()
    edition = EditionNamed()
    lists = serializers.ListField(child=serializers.DictField())
    lists_complete = serializers.BooleanField(
        help_text="False: a list could not be asked, and no hits means nothing."
    )
    lists_why = serializers.CharField(allow_blank=True)
    result = ResultShown()

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """As it came: the engine has written it in this shape, and spelling it out again costs."""
        return instance


class StoredDeterminationShown(DeterminationShown):
    """The determination that counts for a case, recomputed from its stored inputs."""

    reference = serializers.CharField()
    number = serializers.IntegerField()
    cause = serializers.CharField()
    at = serializers.DateTimeField()
    replays = serializers.BooleanField(
        help_text="Whether the stored inputs still give the stored answer, byte for byte."
    )
