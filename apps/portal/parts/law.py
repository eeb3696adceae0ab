"""The law in force as a page needs it: its name, its countries, and the facts its rules read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from apps.engine.conditions.tree import Node, leaves_of
from apps.portal.forms.countries import Atlas

if TYPE_CHECKING:
    from apps.engine.edition import Edition
    from apps.engine.rules import Rule

KEPT = 16


@lru_cache(maxsize=KEPT)
def patterns_read(edition: Edition) -> frozenset[str]:
    """The patterns of facts that any rule in force reads: `people.*.citizenships`."""
    nodes = (node for rule in edition.rules for node in _nodes(rule))
    return frozenset(
        pattern for node in nodes for leaf in leaves_of(node) for pattern in leaf.patterns
    )


@lru_cache(maxsize=KEPT)
def atlas_of(edition: Edition) -> Atlas:
    """Every country of an edition, by name."""
    held = (row for row in edition.rows.countries if row.period.holds(edition.on))
    pairs = ((row.code, row.name) for row in held)
    return Atlas(tuple(sorted(pairs, key=lambda pair: pair[1])))


def _nodes(rule: Rule) -> Iterator[Node]:
    yield rule.when
    for term in rule.terms:
        yield from (node for node in (term.met, term.refused) if node is not None)
