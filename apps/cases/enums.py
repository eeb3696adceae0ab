"""Closed sets of words of the room; plain enums, so that pure code can share them."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    """What is asked for; the same word as the fact `activity.kind`."""

    VISIT = "visit"


class ShareScope(StrEnum):
    """What a person with whom a case is shared may do; each is a permission on the case."""

    READ = "read_case"
    EDIT = "edit_case"
    ADVISE = "advise_case"
