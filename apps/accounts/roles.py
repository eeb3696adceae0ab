"""What each office role may do, as one table: the only place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apps.accounts.enums import OfficePermission as May
from apps.engine.lifecycle import Role

PERMISSIONS_OF_ROLE: Final[Mapping[Role, frozenset[May]]] = MappingProxyType(
    {
        Role.TRIAGE_OFFICER: frozenset({May.VIEW_CASES, May.WORK_ON_CASES}),
        Role.REVIEW_OFFICER: frozenset({May.VIEW_CASES, May.WORK_ON_CASES}),
        Role.EMPOWERED_OFFICIAL: frozenset(
            {May.VIEW_CASES, May.WORK_ON_CASES, May.COUNTERSIGN_CASES}
        ),
        Role.OFFICE_MANAGER: frozenset({May.VIEW_CASES, May.MANAGE_OFFICE, May.READ_FIGURES}),
        Role.AUDITOR: frozenset({May.VIEW_CASES, May.AUDIT_OFFICE, May.READ_FIGURES}),
        Role.RULES_ADMIN: frozenset({May.CHANGE_RULES}),
        Role.LEADERSHIP: frozenset({May.READ_FIGURES}),
        Role.FACILITY_MANAGER: frozenset({May.MANAGE_FACILITIES}),
        # They see single cases only, each shared with them by name and until a day.
        Role.CONSULTEE: frozenset({May.ADVISE_OFFICE}),
        Role.INDEPENDENT_REVIEWER: frozenset({May.ADVISE_OFFICE}),
    }
)


def roles_with(permission: May) -> frozenset[Role]:
    """The roles that carry a permission."""
    return frozenset(role for role, may in PERMISSIONS_OF_ROLE.items() if permission in may)
