"""Setting up institutions with their units, offices and facilities."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.domain.actors import Actor, actor_name
from apps.accounts.enums import InstitutionKind
from apps.accounts.models import Facility, Institution, Office, Unit
from apps.audit.domain.record import record
from apps.engine.refusal import Refusal, Refusals

Row = TypeVar("Row", Institution, Unit, Facility, Office)


@transaction.atomic
def found_institution(
    *, slug: str, name: str, country: str, kind: InstitutionKind, by: Actor, at: datetime
) -> Institution:
    """Put an institution on record. Raises Refusals naming each field that is wrong."""
    row = Institution(slug=slug, name=name, country=country, kind=kind.value)
    return _saved(row, institution=row, by=by, at=at)


@transaction.atomic
def found_unit(
    institution: Institution,
    *,
    slug: str,
    name: str,
    by: Actor,
    at: datetime,
    parent: Unit | None = None,
) -> Unit:
    """Put a faculty, department or group on record. Raises Refusals."""
    _refuse_stranger(parent, institution, "parent")
    row = Unit(institution=institution, slug=slug, name=name, parent=parent)
    return _saved(row, institution=institution, by=by, at=at)


@transaction.atomic
def found_facility(
    institution: Institution,
    *,
    slug: str,
    name: str,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
) -> Facility:
    """Put shared rooms and tools on record. Raises Refusals."""
    _refuse_stranger(unit, institution, "unit")
    row = Facility(institution=institution, slug=slug, name=name, unit=unit)
    return _saved(row, institution=institution, by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """What is said of an office when it is opened."""

    slug: str
    name: str
    time_zone: str
    campus: str = ""
    catch_all: bool = False


@transaction.atomic
def open_office(below: Institution | Office, *, new: NewOffice, by: Actor, at: datetime) -> Office:
    """Open an office of an institution or below another one; the first must be the catch-all.

    Raises Refusals naming each field that is wrong, or Refusal `catch_all_first`.
    """
    parent = below if isinstance(below, Office) else None
    institution = below.institution if isinstance(below, Office) else below
    if not new.catch_all and not institution.offices.filter(catch_all=True).exists():
        raise Refusal(
            "catch_all_first",
            f"{institution} needs an office that takes what is nobody's.",
            "catch_all",
            "Open that office first, as catch-all.",
        )
    row = Office(institution=institution, parent=parent, **asdict(new))
    return _saved(row, institution=institution, by=by, at=at)


def _refuse_stranger(row: Unit | None, institution: Institution, where: str) -> None:
    if row is not None and row.institution_id != institution.pk:
        raise Refusal("other_institution", f"{row} belongs to another institution.", where)


def _saved(row: Row, *, institution: Institution, by: Actor, at: datetime) -> Row:
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refusals(_refused(error)) from error
    row.save()
    record(
        subject=f"institution:{institution.slug}",
        verb=f"{row._meta.model_name}_founded",
        by=actor_name(by),
        at=at,
        payload={"slug": row.slug, "name": row.name},
    )
    return row


def _refused(error: ValidationError) -> list[Refusal]:
    return [
        Refusal(found.code or "refused", " ".join(found.messages), field)
        for field, several in error.error_dict.items()
        for found in several
    ]
