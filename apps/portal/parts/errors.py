"""What went wrong with a form, as lines that lead to their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm

from apps.cases.domain.access import CaseNotFound
from apps.engine.refusal import Refusal, Refusals


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to correct: what, how, and the id of its field (empty: the whole page)."""

    what: str
    remedy: str = ""
    anchor: str = ""


def lines_of(form: BaseForm) -> tuple[Line, ...]:
    """The errors of a form in the order of its fields, then those of the whole form."""
    return tuple(_lines(form)) if form.is_bound else ()


def _lines(form: BaseForm) -> Iterator[Line]:
    for name in form.fields:
        for error in form.errors.get(name, ()):
            yield Line(str(error), anchor=form[name].auto_id)
    for error in form.non_field_errors():
        yield Line(str(error))


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks for, if its shape is right; whether it was done.

    A room's refusal stands on the form afterwards. A case that is not there stays CaseNotFound.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except CaseNotFound:
        raise
    except Refusal as refusal:
        put_on(form, (refusal,))
    except Refusals as refusals:
        put_on(form, refusals.items)
    return form.is_valid()


def put_on(form: BaseForm, refusals: Iterable[Refusal]) -> None:
    """Put refusals on the fields they are about; one about no field is about the whole form."""
    for refusal in refusals:
        words = " ".join(part for part in (refusal.what, refusal.remedy) if part)
        form.add_error(_field_of(form, refusal.where), words)


def _field_of(form: BaseForm, where: str) -> str | None:
    """The visible field whose name a place begins with: `people.lin.citizenships[0].country`."""
    for name, field in form.fields.items():
        inside = where.startswith((f"{name}.", f"{name}[")) or where == name
        if inside and not field.widget.is_hidden:
            return name
    return None
