"""What a person may do at which office on a day: read once, then asked without a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from apps.accounts.enums import OfficePermission
from apps.accounts.models import OfficeGrant, User


@dataclass(frozen=True, slots=True)
class OfficePermissions:
    """The object permissions of one person on one day; superusers hold none by being so."""

    grants: frozenset[tuple[int, OfficePermission]] = frozenset()

    def allows(self, permission: OfficePermission, office_id: int | None) -> bool:
        """Whether the person holds a permission at an office; nobody holds one at no office."""
        return office_id is not None and (office_id, permission) in self.grants

    def offices(self, permission: OfficePermission) -> tuple[int, ...]:
        """Ids of the offices where the person holds a permission, in order, as literals."""
        return tuple(sorted(office for office, held in self.grants if held is permission))


NOTHING = OfficePermissions()


def permissions_of(person: User, *, on: date) -> OfficePermissions:
    """The permissions in force on a day, in one query; none for somebody who may not sign in."""
    if not person.is_active or person.pk is None:
        return NOTHING
    rows = OfficeGrant.objects.filter(
        Q(membership__until__isnull=True) | Q(membership__until__gt=on),
        membership__since__lte=on,
        user=person,
    ).values_list("content_object_id", "permission__codename")
    return OfficePermissions(
        frozenset((office, OfficePermission(codename)) for office, codename in rows)
    )
