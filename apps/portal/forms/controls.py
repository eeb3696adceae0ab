"""Makes the Django field for each control that a form of the cases room names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop

from apps.cases.domain.form_model import Control, Field
from apps.engine.facts import FactSpec, spec_for
from apps.engine.facts.shapes import ListOf
from apps.engine.facts.types import Text
from apps.portal.forms import answers
from apps.portal.forms.answers import NONE, UNKNOWN, YES_NO
from apps.portal.forms.countries import (
    LIST,
    Atlas,
    CountriesAnswer,
    CountryAnswer,
    DatedCountriesAnswer,
)

MOST_RADIOS = 8
_ORDINALS = (gettext_noop("First"), gettext_noop("Second"), gettext_noop("Third"))


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen or is known beside the form: countries, and organisations named before."""

    atlas: Atlas = field(default_factory=Atlas)
    organisations: Mapping[str, str] = field(default_factory=dict)


Maker = Callable[[Field, Offer], forms.Field]


def field_for(asked: Field, *, offer: Offer) -> forms.Field:
    """The Django field of one question."""
    made = _MAKERS[asked.control](asked, offer)
    made.label = gettext(asked.label)
    made.help_text = _hint(asked)
    if isinstance(made, answers.Asked):
        made.why = " ".join(gettext(words) for words in (asked.why, asked.always) if words)
        made.legal_basis = asked.legal_basis
    return made


def _hint(asked: Field) -> str:
    parts = [gettext(asked.hint)] if asked.hint else []
    if asked.control in (Control.COUNTRIES, Control.DATED_COUNTRIES):
        parts.append(gettext("Type a country and choose it, or write none or not known."))
    if asked.control is Control.OWNERS:
        parts.append(gettext("One a line, with the share if it is known: Example Holding, 60 %."))
    if asked.control in (Control.LINES, Control.FUNDERS, Control.AFFILIATIONS, Control.OWNERS):
        parts.append(gettext("Write none if there are none."))
    if asked.example:
        parts.append(gettext("For example: %(example)s.") % {"example": asked.example})
    return " ".join(parts)


def _text(size: str = "m") -> Maker:
    def make(_asked: Field, _offer: Offer) -> forms.Field:
        classes = f"input input--{size}" if size else "input"
        return answers.TextAnswer(
            required=False, widget=forms.TextInput(attrs={"class": classes, "autocomplete": "off"})
        )

    return make


def _area(kind: type[answers.TextAnswer]) -> Maker:
    def make(_asked: Field, _offer: Offer) -> forms.Field:
        return kind(required=False, widget=forms.Textarea(attrs={"class": "input", "rows": 3}))

    return make


def _ties(kind: type[answers.TiesAnswer]) -> Maker:
    def make(_asked: Field, offer: Offer) -> forms.Field:
        area = forms.Textarea(attrs={"class": "input", "rows": 3})
        return kind(required=False, widget=area, names=offer.organisations)

    return make


def _yes_no(_asked: Field, _offer: Offer) -> forms.Field:
    made = answers.YesNoAnswer(required=False, choices=YES_NO, widget=forms.RadioSelect)
    made.columns = 3
    return made


def _one_of(asked: Field, _offer: Offer) -> forms.Field:
    choices = [*_options(asked), (UNKNOWN, gettext("Not known"))]
    if len(choices) > MOST_RADIOS:
        return answers.ChoiceAnswer(
            required=False, choices=[("", gettext("Choose one")), *_plain(asked)], widget=_select()
        )
    return answers.ChoiceAnswer(required=False, choices=choices, widget=forms.RadioSelect)


def _many_of(asked: Field, _offer: Offer) -> forms.Field:
    choices = _options(asked)
    spec = spec_for(asked.path)
    if spec is not None and spec.closes == "list":
        choices.append((NONE, gettext("None of these")))
    if spec is not None and (spec.values or _is_of_texts(spec)):
        choices.append((UNKNOWN, gettext("Not known")))
    return answers.ManyAnswer(required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


def _is_of_texts(spec: FactSpec) -> bool:
    """Whether a fact is a list of texts: what a form offers of it is a choice of its own."""
    return isinstance(spec.type, ListOf) and isinstance(spec.type.of, Text)


def _country(_asked: Field, offer: Offer) -> forms.Field:
    return CountryAnswer(required=False, widget=_country_input(), atlas=offer.atlas)


def _countries(_asked: Field, offer: Offer) -> forms.Field:
    inputs = [_country_input(gettext(word)) for word in _ORDINALS]
    return CountriesAnswer(inputs, required=False, atlas=offer.atlas)


def _dated_countries(_asked: Field, offer: Offer) -> forms.Field:
    pairs = [(_country_input(gettext(word)), _day(gettext("Since"))) for word in _ORDINALS]
    parts = [part for pair in pairs for part in pair]
    made = DatedCountriesAnswer(parts, required=False, atlas=offer.atlas)
    made.widget.paired = True
    return made


def _country_input(label: str = "") -> forms.Widget:
    attrs = {"class": "input input--m", "list": LIST, "autocomplete": "off"}
    return forms.TextInput(attrs=attrs | ({"data-label": label} if label else {}))


def _one_day(_asked: Field, _offer: Offer) -> forms.Field:
    return answers.TextAnswer(required=False, widget=_day())


def _window(_asked: Field, _offer: Offer) -> forms.Field:
    days = [_day(gettext("First day")), _day(gettext("Last day"))]
    return answers.WindowAnswer(days, required=False)


def _number(asked: Field, _offer: Offer) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "input input--s", "inputmode": "decimal"})
    made = answers.NumberAnswer(required=False, widget=widget)
    made.unit = asked.unit if asked.control is Control.QUANTITY else ""
    return made


def _options(asked: Field) -> list[tuple[str, Any]]:
    told = ((one.value, gettext(one.label), gettext(one.hint or "")) for one in asked.options)
    return [(value, _told(label, hint)) for value, label, hint in told]


def _plain(asked: Field) -> list[tuple[str, Any]]:
    own = [(option.value, gettext(option.label)) for option in asked.options]
    return [*own, (UNKNOWN, gettext("Not known"))]


def _told(label: str, hint: str) -> str:
    return format_html("{}<small>{}</small>", label, hint) if hint else label


def _select(choices: Any = (), *, label: str = "") -> forms.Select:
    attrs = {"class": "select input--m"} | ({"data-label": label} if label else {})
    return forms.Select(attrs=attrs, choices=choices)


def _day(label: str = "") -> forms.Widget:
    attrs = {"class": "input input--s", "type": "date"} | ({"data-label": label} if label else {})
    return forms.TextInput(attrs=attrs)


_MAKERS: Mapping[Control, Maker] = {
    Control.TEXT: _text(),
    Control.LONG_TEXT: _area(answers.TextAnswer),
    Control.LINES: _area(answers.LinesAnswer),
    Control.FUNDERS: _area(answers.FundersAnswer),
    Control.AFFILIATIONS: _ties(answers.TiesAnswer),
    Control.OWNERS: _ties(answers.OwnersAnswer),
    Control.YES_NO: _yes_no,
    Control.ONE_OF: _one_of,
    Control.MANY_OF: _many_of,
    Control.COUNTRY: _country,
    Control.COUNTRIES: _countries,
    Control.DATED_COUNTRIES: _dated_countries,
    Control.DAY: _one_day,
    Control.WINDOW: _window,
    Control.NUMBER: _number,
    Control.QUANTITY: _number,
    Control.ENTRY: _text("s"),
}
