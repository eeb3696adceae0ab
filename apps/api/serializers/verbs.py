"""Shapes of what a verb needs to know beside the case, who and when."""

from __future__ import annotations

import re
from typing import Any

from rest_framework import serializers

from apps.api.fields import Document, Strict, Text, Versioned, Whole, Word
from apps.cases.domain.conditions import NewCondition
from apps.cases.domain.questions import NewQuestion
from apps.engine.lifecycle import Decision
from apps.screening.enums import HitState

ID = re.compile(r"[0-9]{1,18}")
LONGEST = 4000  # letters of a reason


class PlainInput(Versioned):
    """Nothing but the version."""


class ReasonInput(Versioned):
    """A reason in words."""

    reason = Text(max_length=LONGEST)


class WithdrawInput(Versioned):
    """A reason, if one wants to give it."""

    reason = Text(max_length=LONGEST, required=False, allow_blank=True)


class QuestionInput(Strict):
    """One question; with a fact path its answer becomes that fact."""

    text = Text(max_length=2000)
    fact = Text(max_length=200, required=False, allow_blank=True)
    why = Text(max_length=2000, required=False, allow_blank=True)

    def to_internal_value(self, data: Any) -> NewQuestion:
        """The question as the verb takes it."""
        return NewQuestion(**super().to_internal_value(data))


class AskInput(Versioned):
    """Questions to the requester."""

    questions = serializers.ListField(child=QuestionInput(), allow_empty=False, max_length=100)


class AnswerInput(Versioned):
    """Answers to the open questions, by the id of each."""

    answers = Document(help_text="Question id: answer. See GET /cases/{reference}/questions.")

    def validate_answers(self, answers: dict[str, object]) -> dict[int, object]:
        """Ids are whole numbers; a JSON object writes them as text."""
        if not all(ID.fullmatch(key) for key in answers):
            raise serializers.ValidationError("An id is a whole number.", "unknown_question")
        return {int(key): value for key, value in answers.items()}


class ConditionInput(Strict):
    """A condition that the office sets."""

    key = serializers.SlugField(max_length=64)
    text = Text(max_length=2000)
    due = Text(max_length=64, required=False, allow_blank=True)

    def to_internal_value(self, data: Any) -> NewCondition:
        """The condition as the verb takes it."""
        return NewCondition(**super().to_internal_value(data))


class RulingInput(Versioned):
    """What is recommended or decided, why, and for an approval its last day."""

    outcome = Word(Decision)
    reason = Text(max_length=LONGEST)
    until = serializers.DateField(required=False, help_text="Last day of an approval, included.")
    conditions = serializers.ListField(child=ConditionInput(), required=False, max_length=100)


class ApproveInput(Versioned):
    """An approval at triage."""

    reason = Text(max_length=LONGEST)
    until = serializers.DateField(help_text="Last day of the approval, included.")


class CountersignInput(Versioned):
    """A remark under the signature, if one wants to make it. Who signs is who is signed in."""

    text = Text(max_length=LONGEST, required=False, allow_blank=True)


class ReplyInput(Versioned):
    """What an authority or a partner answered."""

    reply = Text(max_length=LONGEST)


class ConditionsMetInput(Versioned):
    """By what it shows that conditions are met."""

    evidence = serializers.DictField(
        child=Text(max_length=2000), help_text="Key of the condition: what shows that it is met."
    )
    facts = Document(required=False, help_text="What becomes known with it, by fact path.")


class AdjudicateInput(Versioned):
    """Whether a listed party is the party of the case."""

    hit = Whole(min_value=1, max_value=2**63 - 1)
    state = Word(HitState)
    reason = Text(max_length=LONGEST)


class EstablishInput(Versioned):
    """Facts that the office knows better than the requester."""

    facts = Document(help_text="Answers by fact path.")
    reason = Text(max_length=LONGEST)
