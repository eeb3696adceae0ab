"""Closed sets of the watch lists."""

from __future__ import annotations

from enum import StrEnum


class PartyKind(StrEnum):
    """What a listed party is."""

    ORGANISATION = "organisation"
    PERSON = "person"


class NameKind(StrEnum):
    """Which name of a party a spelling is; `short` was cut out of a longer name."""

    PRIMARY = "primary"
    ALIAS = "alias"
    SHORT = "short"
