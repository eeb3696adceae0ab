"""What went wrong with a form, as lines that lead to their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.utils import ErrorDict

from apps.engine.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to correct: what, how, and the id of the field it is about (empty: the whole page)."""

    what: str
    remedy: str = ""
    anchor: str = ""


def lines_of(form: BaseForm) -> tuple[Line, ...]:
    """The errors of a form in the order of its fields, then those of the whole form."""
    return tuple(_lines(form, form.errors))


def _lines(form: BaseForm, errors: ErrorDict) -> Iterator[Line]:
    for name in form.fields:
        for error in errors.get(name, ()):
            yield Line(str(error), anchor=form[name].auto_id)
    for error in form.non_field_errors():
        yield Line(str(error))


def refuse(form: BaseForm, refusals: Iterable[Refusal], *, fields: dict[str, str]) -> None:
    """Put a room's refusals on a form that people sent; `fields` leads from a fact path to a field.

    What is about no field of the form is about the whole form.
    """
    for refusal in refusals:
        name = fields.get(refusal.where, refusal.where)
        words = " ".join(part for part in (refusal.what, refusal.remedy) if part)
        form.add_error(name if name in form.fields else None, words)
