"""Applies the charters to a case and keeps who had it, from when until when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apps.accounts.domain.queries import catch_all_of, unit_path
from apps.accounts.models import Office, User
from apps.cases.models import Case
from apps.engine.facts.types import unwrap
from apps.engine.outcomes import EXCLUDED
from apps.engine.refusal import Refusal
from apps.engine.routing import Routable, Route, route
from apps.routing.domain.deadlines import office_due, resumed_due
from apps.routing.models import Assignment
from apps.rulebook.domain.editions import in_force
from apps.screening.models import Determination

OWN_HANDS = "Took it into review."
WITHOUT_CHARTER = "No charter in force takes this case, so the catch-all office does."


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a case belongs: the route with its reasons, its office, its due day and the edition."""

    route: Route
    office: Office
    due_on: date | None
    edition_id: str


def place_case(case: Case, determination: Determination, *, on: date) -> Placed:
    """The office of a case by the charters in force for its institution, else its catch-all.

    Raises Refusal `no_catch_all` where the institution has no such office: nothing is left over.
    """
    edition = in_force(on)
    offices = {row.slug: row for row in Office.objects.filter(institution=case.institution_id)}
    charters = [charter for charter in edition.charters if charter.office in offices]
    try:
        found = route(_routable(case, determination), charters, on=on)
    except Refusal:
        last = catch_all_of(case.institution)
        offices[last.slug] = last
        found = Route(last.slug, "", (WITHOUT_CHARTER,))
    due_on = office_due(edition, determination.tier, on=on)
    return Placed(found, offices[found.office], due_on, edition.id)


def assign_office(case: Case, placed: Placed, *, at: datetime) -> Assignment:
    """Put a case with the office it was routed to, with the reasons, by nobody's hand."""
    _end(case, at=at)
    return Assignment.objects.create(
        case=case,
        office=placed.office,
        desk=placed.route.desk,
        why=list(placed.route.why),
        passed_over=list(placed.route.passed_over),
        edition_id=placed.edition_id,
        due_on=placed.due_on,
        since=at,
    )


def assign_officer(case: Case, officer: User, *, by: User, at: datetime) -> Assignment:
    """Put a case in an officer's hands, at the desk where it lies. Refusal `not_routed`."""
    last = current_assignment(case)
    if last is None:
        raise Refusal("not_routed", "No office has this case yet.", where=case.reference)
    _end(case, at=at)
    return Assignment.objects.create(
        case=case,
        office_id=last.office_id,
        desk=last.desk,
        officer=officer,
        by=by,
        why=[OWN_HANDS] if officer.pk == by.pk else [f"Given by {by.display_name}."],
        due_on=last.due_on,
        since=at,
    )


def shift_due(case: Case, *, paused: date, resumed: date) -> date | None:
    """Move the office's day by the working days a pause has taken; the new day."""
    held = current_assignment(case)
    if held is None:
        return None
    held.due_on = resumed_due(held.due_on, paused=paused, resumed=resumed)
    held.save(update_fields=["due_on"])
    return held.due_on


def end_assignment(case: Case, *, at: datetime) -> None:
    """Nobody has the case any more: it came to its end."""
    _end(case, at=at)


def current_assignment(case: Case) -> Assignment | None:
    """Who has the case now."""
    return Assignment.objects.filter(case=case, until__isnull=True).first()


def assignments_of(case: Case) -> list[Assignment]:
    """Who had the case, newest first."""
    rows = Assignment.objects.filter(case=case).select_related("office", "officer", "by")
    return list(rows.order_by("-since", "-pk"))


def _end(case: Case, *, at: datetime) -> None:
    Assignment.objects.filter(case=case, until__isnull=True).update(until=at)


def _routable(case: Case, determination: Determination) -> Routable:
    return Routable(
        kind=case.kind,
        tier=determination.tier,
        units=unit_path(case.unit),
        regimes=frozenset(_regimes(determination.record)),
        areas=frozenset(_areas(determination.facts)),
    )


def _regimes(record: Mapping[str, object]) -> list[str]:
    """The regimes in play: those that have more to say than that the case is not theirs."""
    exposures = record.get("exposures")
    cells = [
        cell
        for exposure in (exposures if isinstance(exposures, list) else [])
        for cell in exposure["regimes"]
    ]
    return [str(cell["regime"]) for cell in cells if cell["outcome"] != EXCLUDED]


def _areas(document: Mapping[str, object]) -> list[str]:
    items = document.get("items")
    described = items.values() if isinstance(items, Mapping) else []
    found: list[str] = []
    for fields in described:
        plain, _, _ = unwrap(fields.get("areas"))
        found += [str(area) for area in plain] if isinstance(plain, list) else []
    return found
