"""Shapes of cases: opening, describing and finding them, and what is shown of one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from apps.api.fields import Shown, Strict, Text, Versioned, Word
from apps.api.serializers.people import OfficeShown, PersonShown
from apps.cases.domain.queries import MOST_A_PAGE, PAGE_SIZE
from apps.cases.enums import CaseKind
from apps.engine.lifecycle import Status, public_name

STATUSES = [status.value for status in Status]
TIERS = ["T0", "T1", "T2", "T3", "T4"]
QUEUE = {"status", "tier", "office", "assigned", "due_until", "text"}


class CaseInput(Strict):
    """A request about to be opened."""

    kind = Word(CaseKind)
    title = Text(max_length=200, required=False, default="", allow_blank=True)


class CaseDescription(Versioned):
    """Title and plain-language summary of a request."""

    title = Text(max_length=200, required=False, allow_blank=True)
    summary = Text(max_length=1000, required=False, allow_blank=True)


class CaseFilter(Strict):
    """Which list of cases, narrowed to what, and which page of it."""

    scope = serializers.ChoiceField(
        choices=["mine", "shared", "office"],
        default="mine",
        help_text="One's own, those shared with one, or those that wait at one's offices.",
    )
    final = serializers.BooleanField(required=False, help_text="Of one's own: ended, or going on.")
    status = serializers.ListField(child=Word(Status), required=False)
    tier = serializers.ListField(child=serializers.ChoiceField(choices=TIERS), required=False)
    office = Text(max_length=100, required=False, help_text="Slug of an office.")
    assigned = serializers.ChoiceField(choices=["me", "nobody"], required=False)
    due_until = serializers.DateField(required=False, help_text="The last day that counts.")
    text = Text(max_length=200, required=False, help_text="In number, title or name of the owner.")
    page = serializers.IntegerField(default=1, min_value=1, max_value=1_000_000)
    size = serializers.IntegerField(default=PAGE_SIZE, min_value=1, max_value=MOST_A_PAGE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A filter that the asked list does not know is refused, not ignored."""
        fits = {"office": QUEUE, "mine": {"final"}, "shared": set()}[attrs["scope"]]
        lost = ({"final", *QUEUE} & set(attrs)) - fits
        if lost:
            said = ErrorDetail(f"Does not narrow the list {attrs['scope']}.", "not_for_this_list")
            raise ValidationError({name: [said] for name in sorted(lost)})
        return attrs


class CaseRow(Shown):
    """One line of a list."""

    reference = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    status_name = serializers.SerializerMethodField(help_text="What the requester reads.")
    outcome = serializers.CharField(help_text="Empty before the first determination.")
    tier = serializers.CharField()
    version = serializers.IntegerField()
    owner = PersonShown()
    office = OfficeShown(allow_null=True)
    officer = PersonShown(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    approved_until = serializers.DateField(allow_null=True, help_text="Last day, included.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_status_name(self, case: Any) -> str:
        """The public name of the status."""
        return public_name(Status(case.status), until=case.approved_until)


class CaseShown(CaseRow):
    """One case."""

    summary = serializers.CharField()


class CasePage(Shown):
    """A part of a list, and how long the whole is."""

    total = serializers.IntegerField()
    page = serializers.IntegerField(help_text="From 1; one beyond the last is the last.")
    pages = serializers.IntegerField()
    size = serializers.IntegerField()
    cases = CaseRow(many=True)
