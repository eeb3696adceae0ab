"""Reads of the room: who holds which role where, and which office is meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Delegate, Institution, Membership, Office, Unit, User
from apps.engine.lifecycle import Role
from apps.engine.refusal import Refusal


def _holds(on: date) -> Q:
    """Rows whose span `since` <= day < `until` holds on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def roles_of(person: User, *, on: date) -> frozenset[tuple[Role, int]]:
    """The roles of a person with the office of each, in force on a day."""
    if not person.is_active or person.pk is None:
        return frozenset()
    rows = Membership.objects.filter(_holds(on), user=person).values_list("role", "office_id")
    return frozenset((Role(role), office) for role, office in rows)


def duties_of(person: User, *, on: date) -> QuerySet[Membership]:
    """The memberships of a person in force on a day, each with its office, in order of office."""
    held = Membership.objects.filter(_holds(on), user=person).select_related("office")
    return held.order_by("office__slug", "role", "pk")


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The names to show for actors written `user:PUBLIC_ID`, as the history has them; one query."""
    ids = {actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    rows = User.objects.filter(public_id__in=ids).values_list("public_id", "display_name")
    return {f"user:{public_id}": name for public_id, name in rows}


def holders_of(role: Role, office: Office, *, on: date) -> QuerySet[User]:
    """Those who hold a role at an office on a day and may sign in, in order of name."""
    held = Membership.objects.filter(_holds(on), user=OuterRef("pk"), office=office, role=role)
    return User.objects.filter(Exists(held), is_active=True).order_by("display_name", "pk")


def principals_of(person: User, *, on: date) -> QuerySet[User]:
    """Those for whom a person may prepare requests on a day."""
    lent = Delegate.objects.filter(_holds(on), delegate=person, principal=OuterRef("pk"))
    return User.objects.filter(Exists(lent)).order_by("display_name", "pk")


def delegation_of(person: User, *, principal: User, on: date) -> Delegate | None:
    """The longest delegation by which a person acts for another on a day."""
    lent = Delegate.objects.filter(_holds(on), delegate=person, principal=principal)
    return lent.order_by("-until").first()


def unit_path(unit: Unit | None) -> tuple[str, ...]:
    """The slugs of a unit and of what it belongs to, up to the whole institution.

    A unit that is its own ancestor by mistake ends the path instead of going round.
    """
    if unit is None:
        return ()
    units = {row.pk: row for row in Unit.objects.filter(institution=unit.institution_id)}
    path: list[str] = []
    at: Unit | None = unit
    while at is not None and at.slug not in path:
        path.append(at.slug)
        at = units.get(at.parent_id or 0)
    return (*path, unit.institution.slug)


def institution_called(slug: str) -> Institution | None:
    """The institution of a slug, if there is one."""
    return Institution.objects.filter(slug=slug).first()


def office_called(slug: str) -> Office:
    """The office of a slug; Refusal `unknown_office` if there is none."""
    office = Office.objects.filter(slug=slug).first()
    if office is None:
        raise Refusal("unknown_office", "There is no office of this name.", "office", found=slug)
    return office


def catch_all_of(institution: Institution) -> Office:
    """The office for what no other office is for; Refusal `no_catch_all` if there is none."""
    office = Office.objects.filter(institution=institution, catch_all=True).first()
    if office is None:
        raise Refusal(
            "no_catch_all",
            f"{institution} has no office that takes what is nobody's.",
            remedy="Name one office of the institution as catch-all.",
            found=institution.slug,
        )
    return office


def institutions_without_catch_all() -> QuerySet[Institution]:
    """Institutions that have offices but no catch-all: a fault of the site."""
    offices = Office.objects.filter(institution=OuterRef("pk"))
    return Institution.objects.filter(
        Exists(offices), ~Exists(offices.filter(catch_all=True))
    ).order_by("slug")
