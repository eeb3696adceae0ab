"""What every page that changes a case does with a form: try, and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS

from apps.cases.domain.access import get_case
from apps.portal.parts.errors import STALE, attempt
from apps.portal.parts.history import HistoryLine, changes_since
from apps.workflow.domain.reading import reads_for_office

if TYPE_CHECKING:
    from apps.cases.models import Case
    from apps.engine.refusal import Refusal
    from apps.portal.forms.page import VersionedForm
    from apps.portal.views.entry import Visit


@dataclass(frozen=True, slots=True)
class Posted:
    """Whether it was done, what was refused; if somebody was faster, the case and what changed."""

    done: bool
    case: Case
    refused: tuple[Refusal, ...] = ()
    changed: tuple[HistoryLine, ...] = ()


def post(visit: Visit, case: Case, form: VersionedForm, act: Callable[[], object]) -> Posted:
    """Do what a posted form asks.

    When the case has moved on meanwhile, the form keeps what was typed, builds on the version that
    stands now, and the answer says who changed what.
    """
    if not form.is_bound:
        return Posted(False, case)
    if not form.is_valid():
        opened = form.cleaned_data.get("version", case.version)
        return (
            _moved_on(visit, case, form, opened) if opened < case.version else Posted(False, case)
        )
    opened = form.cleaned_data["version"]
    refused = attempt(form, act)
    if not any(refusal.code == STALE for refusal in refused):
        return Posted(not refused, case, refused)
    return _moved_on(visit, case, form, opened, refused)


def _moved_on(
    visit: Visit,
    case: Case,
    form: VersionedForm,
    opened: int,
    refused: tuple[Refusal, ...] = (),
) -> Posted:
    """What to show when somebody was faster; what changed says it better than the refusal."""
    current = get_case(visit.by, case.reference, on=visit.on)
    form.carry_on(current.version)
    if not (changed := _changes(visit, current, opened)):
        return Posted(False, current, refused)
    if refused:
        form.errors.pop(NON_FIELD_ERRORS, None)
    return Posted(False, current, changed=changed)


def _changes(visit: Visit, case: Case, opened: int) -> tuple[HistoryLine, ...]:
    office = reads_for_office(visit.by, case, on=visit.on)
    return changes_since(case, opened, requester=not office)
