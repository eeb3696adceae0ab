"""Three-valued truth, with the third value told apart: a fact is missing, or the law is.

Strong Kleene logic (S. C. Kleene, 1952): a result is true or false only if it stays so whatever the
missing values turn out to be. A missing fact outranks missing law, because asking may help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

FALSE: Final = 0
TRUE: Final = 1
UNKNOWN: Final = 2  # a fact of the case is missing
UNSETTLED: Final = 3  # the law or a table is not known to this edition

NEGATED: Final = (TRUE, FALSE, UNKNOWN, UNSETTLED)
WORDS: Final = ("false", "true", "unknown", "undetermined")


def truth(value: bool) -> int:
    """A two-valued answer as one of the four."""
    return TRUE if value else FALSE


def conjunction(values: Iterable[int]) -> int:
    """All of them: false wins, then a missing fact, then missing law."""
    worst = TRUE
    for value in values:
        if value == FALSE:
            return FALSE
        if value == UNKNOWN:
            worst = UNKNOWN
        elif value == UNSETTLED and worst == TRUE:
            worst = UNSETTLED
    return worst


def disjunction(values: Iterable[int]) -> int:
    """Any of them: true wins, then a missing fact, then missing law."""
    best = FALSE
    for value in values:
        if value == TRUE:
            return TRUE
        if value == UNKNOWN:
            best = UNKNOWN
        elif value == UNSETTLED and best == FALSE:
            best = UNSETTLED
    return best


JOINED: Final[Mapping[str, Callable[[list[int]], int]]] = {
    "all": conjunction,
    "any": disjunction,
    "not": lambda answers: NEGATED[answers[0]],
}


def spoken(value: int) -> bool | str:
    """How an answer stands in JSON: true, false, "unknown" or "undetermined"."""
    return value == TRUE if value in (FALSE, TRUE) else WORDS[value]
