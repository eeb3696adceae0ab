"""Forms over what a case holds: questions to answer, hits to settle, conditions to meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from apps.cases.domain.form_file import control_of
from apps.cases.domain.form_model import Control, Field, Option
from apps.engine.facts import FactSpec, spec_for
from apps.portal.forms.acts import ActForm, ReasonForm, words_field
from apps.portal.forms.controls import Offer, field_for
from apps.screening.enums import HitState

if TYPE_CHECKING:
    from apps.cases.models import Condition, Question
    from apps.screening.models import ListHit


class AnswerForm(ActForm):
    """The open questions of a case, each typed as the fact it settles."""

    unmarked = True

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        questions: Sequence[Question],
        offer: Offer,
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.atlas = offer.atlas
        self.names = {question.fact or f"answers.{question.pk}": question for question in questions}
        for name, question in self.names.items():
            self.fields[name] = asked_field(question.fact, question.text, question.why, offer=offer)

    def clean(self) -> dict[str, Any]:
        """Every question wants an answer; not known is one."""
        for name in self.names:
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, gettext("Answer this, or say that it is not known"))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """The answers by the id of their question."""
        return {"answers": {one.pk: self.cleaned_data[name] for name, one in self.names.items()}}


class HitForm(ReasonForm):
    """Whether a party of the case is the one on a list."""

    def __init__(
        self, data: QueryDict | None = None, *, hits: Sequence[ListHit], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        words = gettext("Our party: %(ours)s. On the list: %(theirs)s, %(list)s")
        named = [
            (
                str(hit.pk),
                words % {"ours": hit.asked_name, "theirs": hit.listed_name, "list": hit.list},
            )
            for hit in hits
        ]
        if len(named) == 1:
            self.initial["hit_id"] = named[0][0]
        states = [
            (HitState.DISMISSED.value, gettext("Not the same")),
            (HitState.CONFIRMED.value, gettext("The same")),
        ]
        self.fields["hit_id"] = _choice(gettext("Which hit"), named, coerce=int)
        self.fields["state"] = _choice(gettext("Is it the same?"), states, coerce=HitState)
        self.order_fields(["version", "hit_id", "state", "reason"])


class EstablishForm(ReasonForm):
    """Facts that only the office settles, such as a classification."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        asked: Mapping[str, tuple[str, str]],
        offer: Offer,
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.paths, self.atlas = tuple(asked), offer.atlas
        for path, (words, why) in asked.items():
            self.fields[path] = asked_field(path, words, why, offer=offer)
        self.order_fields(["version", *self.paths, "reason"])

    def given(self) -> dict[str, Any]:
        """The facts that were given, and why."""
        typed = {path: self.cleaned_data[path] for path in self.paths}
        known = {path: value for path, value in typed.items() if value is not None}
        return {"facts": known, "reason": self.cleaned_data["reason"]}


class MeetForm(ActForm):
    """Conditions that are met, each by its evidence; those left empty stay open."""

    def __init__(
        self, data: QueryDict | None = None, *, conditions: Sequence[Condition], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.names = {f"evidence_{one.pk}": one.key for one in conditions if one.met_at is None}
        for name, one in zip(
            self.names, (one for one in conditions if one.met_at is None), strict=True
        ):
            told = gettext("By what does it show that this is met? Leave it empty if it is not.")
            self.fields[name] = words_field(one.text, help_text=told, required=False)

    def given(self) -> dict[str, Any]:
        """The evidence by condition."""
        typed = {key: self.cleaned_data[name].strip() for name, key in self.names.items()}
        return {"evidence": {key: words for key, words in typed.items() if words}}


def asked_field(path: str, words: str, why: str, *, offer: Offer) -> forms.Field:
    """The field of a question: typed by its fact, plain words where it is about none."""
    spec = spec_for(path) if path else None
    control = control_of(spec) if spec else Control.LONG_TEXT
    options = tuple(Option(value, value.replace("_", " ")) for value in spec.values) if spec else ()
    return field_for(
        Field(
            path or "answers",
            control or Control.TEXT,
            words,
            options=options,
            why=why,
            **_of_spec(spec),
        ),
        offer=offer,
    )


def _of_spec(spec: FactSpec | None) -> dict[str, Any]:
    return {"legal_basis": spec.legal_basis, "unit": spec.unit} if spec else {}


def _choice(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext("Choose one")},
        **more,
    )
