"""Closed sets of words of the room; plain enums, so that pure code can share them."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a determination was made."""

    SUBMIT = "submit"
    RETRY = "retry"
    ANSWER = "answer"
    ADJUDICATION = "adjudication"
    REEXAMINATION = "reexamination"


class HitState(StrEnum):
    """What is known of a list hit; the same words as the fact."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
