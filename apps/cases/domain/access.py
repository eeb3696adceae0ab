"""The only door to a case: may this person see it? Owner, office and shares decide alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.domain.permission import OfficePermissions, permissions_of
from apps.accounts.enums import OfficePermission
from apps.accounts.models import User
from apps.cases.domain.numbering import is_reference
from apps.cases.enums import ShareScope
from apps.cases.models import Case, CaseShare
from apps.engine.refusal import Refusal


@dataclass(unsafe_hash=True)
class CaseNotFound(Refusal):
    """No such case for this person: the same words whether it exists or not."""

    code: str = "case_not_found"
    what: str = "Nothing here for you."
    where: str = "reference"
    remedy: str = "Check the number, or ask its owner to share the request with you."


# What a share lets do, the most first: one person may hold several for one case.
WIDEST_FIRST = (ShareScope.EDIT, ShareScope.ADVISE, ShareScope.READ)


def visible_cases(
    person: User, *, on: date, permissions: OfficePermissions | None = None
) -> QuerySet[Case]:
    """Every case a person may see on a day, and no other.

    Three branches: own requests, requests of offices where the person may view them, requests
    shared with the person. Each goes over an index with literal ids and is dropped when empty, so
    that the cost grows with what is seen and not with all cases. Superusers see nothing by that.
    """
    if not person.is_active or person.pk is None:
        return Case.objects.none()
    held = permissions_of(person, on=on) if permissions is None else permissions
    seen = Q(owner_id=person.pk)
    if offices := held.offices(OfficePermission.VIEW_CASES):
        seen |= Q(office_id__in=offices)
    if shared := _shared_with(person, on):
        seen |= Q(pk__in=shared)
    return Case.objects.filter(seen)


def get_case(person: User, reference: str, *, on: date) -> Case:
    """The case of a reference, with owner, office and officer; raises CaseNotFound."""
    found = visible_cases(person, on=on).filter(reference=reference)
    people_and_places = ("owner", "institution", "unit", "office", "officer")
    case = found.select_related(*people_and_places).first() if is_reference(reference) else None
    if case is None:
        raise CaseNotFound
    return case


def share_of(person: User, case: Case, *, on: date) -> ShareScope | None:
    """The widest scope in which a case is shared with a person on a day; None if it is not."""
    held = set(
        CaseShare.objects.filter(
            user=person, content_object=case, since__lte=on, until__gt=on
        ).values_list("scope", flat=True)
    )
    return next((scope for scope in WIDEST_FIRST if scope.value in held), None)


def _shared_with(person: User, on: date) -> tuple[int, ...]:
    rows = CaseShare.objects.filter(user=person, since__lte=on, until__gt=on)
    return tuple(sorted(set(rows.values_list("content_object_id", flat=True))))
