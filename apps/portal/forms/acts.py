"""What one fills in to move a case: shapes only, each giving the arguments of its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from apps.cases.domain.conditions import NewCondition
from apps.cases.domain.questions import NewQuestion
from apps.engine.lifecycle import Decision
from apps.portal.forms.page import VersionedForm
from apps.screening.domain.ruling import Ruling

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from apps.workflow.domain.actions import Choice

DECISIONS: Mapping[Decision, str] = {
    Decision.APPROVE: gettext_noop("Approve"),
    Decision.APPROVE_WITH_CONDITIONS: gettext_noop("Approve once conditions are met"),
    Decision.REFER: gettext_noop("Refer to an authority or a partner"),
    Decision.REFUSE: gettext_noop("Do not approve"),
}
ENDS = _("An approval ends by itself on this day. It is needed for every approval.")


def words_field(
    label: str | _StrPromise, *, help_text: str | _StrPromise = "", required: bool = True
) -> forms.CharField:
    """Several lines of words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        error_messages={"required": _("Say it in words")},
    )


def last_day_field(*, required: bool) -> forms.DateField:
    """The last day of an approval."""
    return forms.DateField(
        label=_("Until"),
        help_text=ENDS,
        required=required,
        widget=forms.DateInput(
            attrs={"class": "input input--s", "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={
            "required": _("Choose the last day"),
            "invalid": _("Write the day as year-month-day, such as 2027-01-29"),
        },
    )


class ActForm(VersionedForm):
    """A form of one verb; `given` are the verb's own arguments."""

    def given(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReasonForm(ActForm):
    """A reason in words."""

    reason = words_field(_("Reason"))


class WithdrawForm(ActForm):
    """Why a request is taken back, if one wants to say."""

    reason = words_field(_("Reason"), required=False)


class ReplyForm(ActForm):
    """What an authority or a partner answered."""

    reply = words_field(_("Their answer"), help_text=_("With its number and date."))


class SignForm(ActForm):
    """Words under a signature, if any."""

    text = words_field(_("Remark"), required=False)


class ApproveForm(ReasonForm):
    """An approval by one person."""

    until = last_day_field(required=True)


class RulingForm(ActForm):
    """What is recommended or decided: outcome, reasons, last day, further conditions."""

    outcome = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=Decision,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one"),
            "invalid_choice": _("This is not open as the case stands. Choose another one"),
        },
    )
    reason = words_field(
        _("Reasons"),
        help_text=_("In words the requester can read. Name the facts and the law that decide."),
    )
    until = last_day_field(required=False)
    conditions = forms.CharField(
        label=_("Further conditions"),
        help_text=_("One a line. Conditions of the law are added by themselves."),
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, choices: Sequence[Choice], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        outcome = self.fields["outcome"]
        possible = [
            (one.outcome.value, gettext(DECISIONS[one.outcome])) for one in choices if one.allowed
        ]
        if isinstance(outcome, forms.TypedChoiceField):
            outcome.choices = possible
        outcome.help_text = " ".join(
            f"{gettext(DECISIONS[one.outcome])}: {one.reason}" for one in choices if not one.allowed
        )

    def given(self) -> dict[str, Any]:
        """The ruling, each line of conditions one condition of the office."""
        lines = (line.strip() for line in self.cleaned_data["conditions"].splitlines())
        own = tuple(
            NewCondition(key=f"office_{place}", text=line)
            for place, line in enumerate(filter(None, lines), start=1)
        )
        return {
            "ruling": Ruling(
                outcome=self.cleaned_data["outcome"],
                reason=self.cleaned_data["reason"],
                until=self.cleaned_data["until"],
                conditions=own,
            )
        }


class AskForm(ActForm):
    """Questions to the requester: those the determination would ask, and one in one's own words."""

    unmarked = True

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        suggested: Sequence[NewQuestion] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.suggested = suggested
        if suggested:
            offered = [(str(place), one.text) for place, one in enumerate(suggested)]
            self.fields["chosen"] = forms.MultipleChoiceField(
                label=gettext("Questions that would settle the answer, the best first"),
                choices=offered,
                required=False,
                initial=["0"],
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["own"] = words_field(gettext("A question of your own"), required=False)

    def clean(self) -> dict[str, Any]:
        """At least one question."""
        if not self.cleaned_data.get("chosen") and not self.cleaned_data.get("own", "").strip():
            told = _("Choose one of the questions, or write one of your own")
            self.add_error("chosen" if self.suggested else "own", told)
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """The questions that were chosen and the one that was written."""
        chosen = [self.suggested[int(place)] for place in self.cleaned_data.get("chosen", ())]
        own = self.cleaned_data["own"].strip()
        return {"questions": [*chosen, *([NewQuestion(text=own)] if own else [])]}
