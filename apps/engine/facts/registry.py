"""The typed registry of facts: what may be known of a case, and the paths that name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from apps.engine.facts.spec import Block, FactSpec
from apps.engine.facts.specs import activity, items, organisations, papers, people, releases
from apps.engine.facts.types import Quantity

BLOCKS: Final[tuple[Block, ...]] = (
    "items",
    "activity",
    "releases",
    "organisations",
    "people",
    "papers",
)
NATIONALITY_FACTS: Final = frozenset({"citizenships", "permanent_residencies", "protected_in"})

REGISTRY: Final[tuple[FactSpec, ...]] = (
    *items.SPECS,
    *activity.SPECS,
    *releases.SPECS,
    *organisations.SPECS,
    *people.SPECS,
    *papers.SPECS,
)

BY_BLOCK: Final[Mapping[Block, Mapping[str, FactSpec]]] = {
    block: {spec.field: spec for spec in REGISTRY if spec.block == block} for block in BLOCKS
}
ORDER: Final[Mapping[str, int]] = {spec.pattern: place for place, spec in enumerate(REGISTRY)}

_KEYED = re.compile(r"^(people|organisations|items|releases|papers)\.([\w\-]{1,64})\.(.+)\Z")
_CONTROL = re.compile(r"^control\.([A-Za-z0-9\-]{1,32})\.(\w+)\Z")
_MEASURE = re.compile(r"^measures\.([\w\-]{1,64})\Z")


def spec_for(path: str) -> FactSpec | None:
    """The spec of a path such as `people.lin.citizenships`, `items.press.control.REGIME.item`;
    None if there is none.
    """
    if path.startswith("activity."):
        return BY_BLOCK["activity"].get(path.removeprefix("activity."))
    if not (match := _KEYED.match(path)):
        return None
    block, _, field = match.groups()
    if block == "items" and (control := _CONTROL.match(field)):
        field = f"control.{control[2]}"
    elif block == "items" and _MEASURE.match(field):
        return MEASURE
    elif block == "items" and field.partition(".")[0] in {"control", "measures"}:
        return None  # a reading belongs to a regime, a measure has a name
    specs: Mapping[str, FactSpec] = BY_BLOCK[_block(block)]
    return specs.get(field)


def _block(word: str) -> Block:
    return next(block for block in BLOCKS if block == word)


MEASURE: Final = FactSpec(
    "items",
    "measures.*",
    Quantity(),
    "measured value",
    "What is its measured value?",
    "Entries begin at a value.",
)
