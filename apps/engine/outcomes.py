"""The outcomes a determination may have, their rank and their kind."""

from __future__ import annotations

import re
from typing import Final

EXCLUDED = "excluded"
NO_LICENCE = "no_licence_required"
AUTHORISED = "authorised"
EXCEPTION = "exception"
LICENCE = "licence_required"
DENIAL = "policy_of_denial"
PROHIBITED = "prohibited"
NEEDS_INFORMATION = "needs_information"
UNDETERMINED = "undetermined"

RANKED: Final = (EXCLUDED, NO_LICENCE, AUTHORISED, EXCEPTION, LICENCE, DENIAL, PROHIBITED)
UNRANKED: Final = (NEEDS_INFORMATION, UNDETERMINED)
KINDS: Final = ("licence", "certificate", "attestation", "funding", "report")
_NAMED = re.compile(r"^(authorised|exception):\S+( \S+)*$")


def rank(outcome: str) -> int:
    """0 for `excluded`, rising to `prohibited`; -1 for the two without rank."""
    word = outcome.partition(":")[0]
    return RANKED.index(word) if word in RANKED else -1


def is_outcome(word: str) -> bool:
    """Whether a word is an outcome a rule may state."""
    return word in (EXCLUDED, NO_LICENCE, LICENCE, DENIAL, PROHIBITED, UNDETERMINED) or bool(
        _NAMED.match(word)
    )


def strictest(outcomes: list[str]) -> str:
    """The strictest known outcome; with none known, needs_information before undetermined."""
    known = [outcome for outcome in outcomes if rank(outcome) >= 0]
    if known:
        return max(known, key=lambda outcome: (rank(outcome), outcome))
    return NEEDS_INFORMATION if NEEDS_INFORMATION in outcomes else UNDETERMINED
