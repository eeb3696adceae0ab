"""What the registry says of one fact: its type, the question that asks for it, why, and who may
read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from apps.engine.facts import shapes
from apps.engine.facts.types import FactType, Number, OneOf, Quantity

Block = Literal["people", "organisations", "items", "activity", "releases", "papers"]
CLOSED_LIST: Final = "list"
CLOSED_FLAG: Final = "flag"
_OPEN: Final = ""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its type, the question that asks for it, why, and how private it is (1 open to 3
    sensitive).

    `closes` says what `complete: true` makes of an absent one: "list" the empty list,
    "flag" false, "" nothing. `only_if_said`: absent it counts as none, because it can be asked of
    nobody in particular or is held only where somebody names it.
    """

    block: Block
    field: str
    type: FactType
    label: str
    ask: str
    why: str
    privacy: int = 1
    closes: str = _OPEN
    legal_basis: str = ""
    asked_of: str = "requester"  # or "office": what a person of the office settles
    only_if_said: bool = False

    @property
    def pattern(self) -> str:
        """The path with a star for the id: `people.*.citizenships`."""
        return (
            f"{self.block}.{self.field}"
            if self.block == "activity"
            else f"{self.block}.*.{self.field}"
        )

    @property
    def values(self) -> tuple[str, ...]:
        """The words that can stand, for closed lists; else empty."""
        kind = self.type.of if isinstance(self.type, shapes.ListOf) else self.type
        return kind.values if isinstance(kind, OneOf) else ()

    @property
    def unit(self) -> str:
        """The unit of a number or quantity, else empty."""
        return self.type.unit if isinstance(self.type, Number | Quantity) else ""
