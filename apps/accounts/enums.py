"""Closed sets of words of the room; plain enums, so that pure code can share them."""

from __future__ import annotations

from enum import StrEnum

from apps.engine.lifecycle import Role


class InstitutionKind(StrEnum):
    """What an institution is; the same words as a fact about an organisation."""

    UNIVERSITY = "university"
    INSTITUTE = "institute"
    COMPANY = "company"
    GOVERNMENT = "government"
    MILITARY = "military"


#: Being a researcher is no office role: everyone may ask.
OFFICE_ROLES: tuple[Role, ...] = tuple(sorted(role for role in Role if role is not Role.RESEARCHER))


class OfficePermission(StrEnum):
    """What a role lets a person do with the matters of one office."""

    VIEW_CASES = "view_cases"
    WORK_ON_CASES = "work_on_cases"
    COUNTERSIGN_CASES = "countersign_cases"
    MANAGE_OFFICE = "manage_office"
    CHANGE_RULES = "change_rules"
    AUDIT_OFFICE = "audit_office"
    ADVISE_OFFICE = "advise_office"
    MANAGE_FACILITIES = "manage_facilities"
    READ_FIGURES = "read_figures"
