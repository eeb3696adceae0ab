"""Facts: typed, dated, sourced values, and the paths that name them."""

from apps.engine.facts.assemble import FactEntry, assemble, check_value
from apps.engine.facts.read import read_facts
from apps.engine.facts.registry import REGISTRY, spec_for
from apps.engine.facts.spec import FactSpec
from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Facts
from apps.engine.facts.types import UNKNOWN_VALUE, Amount, Unknown, Vocabulary

__all__ = [
    "REGISTRY",
    "UNKNOWN_FACT",
    "UNKNOWN_VALUE",
    "Amount",
    "Fact",
    "FactEntry",
    "FactSpec",
    "Facts",
    "Unknown",
    "Vocabulary",
    "assemble",
    "check_value",
    "read_facts",
    "spec_for",
]
