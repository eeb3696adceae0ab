"""What went wrong with a form, as lines that lead to their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BoundField

from apps.cases.domain.access import CaseNotFound
from apps.engine.refusal import Refusal, Refusals

STALE = "stale_version"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to correct: what, how, and the id of its field (empty: the whole page)."""

    what: str
    remedy: str = ""
    anchor: str = ""
    page: str = ""  # the address of another page, where the field stands there


def lines_of(form: BaseForm) -> tuple[Line, ...]:
    """The errors of a form in the order of its fields, then those of the whole form."""
    return tuple(_lines(form)) if form.is_bound else ()


def _lines(form: BaseForm) -> Iterator[Line]:
    for name in form.fields:
        for error in form.errors.get(name, ()):
            yield Line(_about(form[name], str(error)), anchor=form[name].auto_id)
    for error in form.non_field_errors():
        yield Line(str(error))


def _about(field: BoundField, error: str) -> str:
    """An error read far from its field: with what the field is called before it."""
    if field.is_hidden:
        return error
    label = str(field.label)
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def attempt(form: BaseForm, act: Callable[[], object]) -> tuple[Refusal, ...]:
    """Do what a form of the right shape asks for; what was refused stands on the form afterwards.

    A case that is not there stays CaseNotFound.
    """
    try:
        act()
    except CaseNotFound:
        raise
    except Refusal as refusal:
        return put_on(form, (refusal,))
    except Refusals as refusals:
        return put_on(form, refusals.items)
    return ()


def put_on(form: BaseForm, refused: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """Put refusals on the fields they are about, else on the whole form."""
    for refusal in refused:
        words = " ".join(part for part in (refusal.what, refusal.remedy) if part)
        form.add_error(_field_of(form, refusal.where), words)
    return refused


def _field_of(form: BaseForm, where: str) -> str | None:
    """The visible field whose name a place begins with: `people.lin.citizenships[0].country`."""
    for name, field in form.fields.items():
        inside = where.startswith((f"{name}.", f"{name}[")) or where == name
        if inside and not field.widget.is_hidden:
            return name
    return None
