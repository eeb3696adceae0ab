"""Shapes of cases: opening, describing and finding them, and what is shown of one."""

from __future__ import annotations

from rest_framework import serializers

from apps.api.fields import Shown, Strict, Text, Whole
from apps.api.serializers.people import OfficeShown, PersonShown
from apps.cases.enums import CaseKind
from apps.engine.lifecycle import Status, public_name

LONGEST_PAGE = 100


class CaseInput(Strict):
    """A request about to be opened."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in CaseKind])
    title = Text(max_length=200, required=False, default="", allow_blank=True)


class CaseDescription(Strict):
    """Title and plain-language summary of a request."""

    version = Whole(required=False, min_value=1)
    title = Text(max_length=200, required=False, allow_blank=True)
    summary = Text(max_length=1000, required=False, allow_blank=True)


class CaseFilter(Strict):
    """Which cases: one's own, or those of one's offices, and which of them."""

    scope = serializers.ChoiceField(choices=["mine", "office"], default="mine")
    status = serializers.ListField(
        child=serializers.ChoiceField(choices=[status.value for status in Status]),
        default=list,
        help_text="May be given several times.",
    )
    tier = serializers.ListField(
        child=serializers.ChoiceField(choices=["T0", "T1", "T2", "T3", "T4"]), default=list
    )
    office = serializers.SlugField(required=False, help_text="Slug of one of your offices.")
    limit = serializers.IntegerField(default=25, min_value=1, max_value=LONGEST_PAGE)
    offset = serializers.IntegerField(default=0, min_value=0, max_value=1_000_000)


class CaseRow(Shown):
    """One line of a list."""

    reference = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=[status.value for status in Status])
    status_name = serializers.SerializerMethodField(help_text="What the requester reads.")
    outcome = serializers.CharField(help_text="Empty before the first determination.")
    tier = serializers.CharField()
    version = serializers.IntegerField()
    owner = PersonShown()
    office = OfficeShown(allow_null=True)
    officer = PersonShown(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_status_name(self, case: object) -> str:
        """The public name of the status."""
        return public_name(Status(getattr(case, "status", "")))


class CaseShown(CaseRow):
    """One case."""

    summary = serializers.CharField()


class CasePage(Shown):
    """A part of a list, and how long the whole is."""

    total = serializers.IntegerField()
    limit = serializers.IntegerField()
    offset = serializers.IntegerField()
    cases = CaseRow(many=True)
