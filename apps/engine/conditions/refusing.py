"""How a rule's condition is refused: with the place in the rule, what was found and what would be
valid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.engine.facts.types import Vocabulary
from apps.engine.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Bench:
    """What compiling a condition needs: the regime, the codes known, where refusals go."""

    regime: str
    vocabulary: Vocabulary
    groups: frozenset[str]
    refuse: Callable[[Refusal], None]

    def no(
        self,
        code: str,
        what: str,
        where: str,
        *,
        found: object = "",
        valid: str = "",
        remedy: str = "",
    ) -> None:
        """Notes one refusal."""
        self.refuse(
            Refusal(
                code,
                what,
                where,
                remedy or f"Write {valid}." if valid else remedy,
                str(found)[:120],
                valid,
            )
        )

    def keys(
        self,
        raw: Mapping[str, object],
        where: str,
        *,
        needed: tuple[str, ...],
        may: tuple[str, ...] = (),
    ) -> bool:
        """Whether a mapping has the needed keys and no other than it may; refuses otherwise."""
        valid = ", ".join((*needed, *may))
        for key in raw:
            if key not in needed and key not in may:
                self.no(
                    "unknown_key",
                    f"Nothing called {key} can stand here.",
                    f"{where}.{key}",
                    found=key,
                    valid=valid,
                )
                return False
        for key in needed:
            if key not in raw:
                self.no("missing_key", f"{key} is missing here.", where, valid=valid)
                return False
        return True
