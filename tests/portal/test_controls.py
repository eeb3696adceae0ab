"""Every control that a form can name becomes a field that people can use without script."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from apps.cases.domain.form_file import read_form
from apps.cases.domain.form_model import Control, Field, Option
from apps.portal.forms.answers import NONE, UNKNOWN
from apps.portal.forms.controls import MOST_RADIOS, Offer, field_for
from apps.portal.forms.countries import Atlas
from apps.portal.forms.replies import EstablishForm

OFFER = Offer(Atlas((("XA", "Xanadu"), ("XB", "Xebia"))), {"tie-north": "North Bay"})
TWO = (Option("a", "First one", "the first"), Option("b", "Second one"))


def made(path: str, control: Control, **more: object) -> forms.Field:
    return field_for(Field(path, control, "A question?", **more), offer=OFFER)


def words_of(field: forms.Field) -> list[str]:
    """The values that can be chosen."""
    assert isinstance(field, forms.ChoiceField)
    return [str(value) for value, _label in field.choices]


@pytest.mark.parametrize("control", Control)
def test_every_control_has_a_field_that_may_stay_empty(control: Control) -> None:
    field = made("items.x.title", control, options=TWO)
    assert (field.label, field.required) == ("A question?", False)
    assert field.clean(field.widget.value_from_datadict({}, {}, "x")) is None


def test_every_field_of_the_visit_form_can_be_made() -> None:
    asked = [one for page in read_form("visit").pages for one in page.fields]
    assert all(field_for(one, offer=OFFER).label == one.label for one in asked)


def test_why_and_legal_basis_stand_beside_a_field() -> None:
    field = made("people.x.citizenships", Control.DATED_COUNTRIES, why="By law.", legal_basis="1 X")
    assert (field.why, field.legal_basis) == ("By law.", "1 X")


def test_a_hint_a_unit_and_an_example_stand_where_one_types() -> None:
    field = made(
        "items.x.measures.range", Control.QUANTITY, unit="km", hint="At best.", example="3"
    )
    assert field.help_text == "At best. For example: 3."
    assert field.unit == "km"


def test_one_of_a_few_is_a_row_of_choices_with_not_known() -> None:
    field = made("items.x.nature", Control.ONE_OF, options=TWO)
    assert isinstance(field.widget, forms.RadioSelect)
    assert words_of(field) == ["a", "b", UNKNOWN]


def test_one_of_many_is_a_list_to_choose_from() -> None:
    many = tuple(Option(f"o{place}", f"Option {place}") for place in range(MOST_RADIOS + 1))
    field = made("releases.x.how", Control.ONE_OF, options=many)
    assert isinstance(field.widget, forms.Select)
    assert words_of(field)[0] == ""


def test_none_of_these_is_offered_where_none_is_an_answer() -> None:
    assert NONE in words_of(made("activity.end_use", Control.MANY_OF, options=TWO))
    assert NONE not in words_of(made("activity.publication", Control.MANY_OF, options=TWO))
    assert UNKNOWN not in words_of(made("releases.x.what", Control.MANY_OF, options=TWO))


def test_countries_are_suggested_once_a_page_with_none_and_not_known() -> None:
    asked = {"people.x.protected_in": ("Where?", ""), "people.x.citizenships": ("Which?", "")}
    form = EstablishForm(None, asked=asked, offer=OFFER, version=1)
    assert form.suggestions() == ["None", "Not known", "Xanadu", "Xebia"]
    assert str(form).count('list="countries"') == 6
    nothing = EstablishForm(None, asked={}, offer=OFFER, version=1)
    assert nothing.suggestions() == []


def test_what_only_the_office_says_is_typed_as_its_fact() -> None:
    asked = {"items.x.control.XA-LAW.eligible": ("Which exceptions?", "A person reads the entry.")}

    data = QueryDict("version=1&reason=Read&items.x.control.XA-LAW.eligible=STA")
    form = EstablishForm(data, asked=asked, offer=OFFER, version=1)
    assert form.is_valid()
    assert form.given() == {
        "facts": {"items.x.control.XA-LAW.eligible": ["STA"]},
        "reason": "Read",
    }
