"""The tier of a case: how much review its outcomes call for (domain, "Tiers")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from apps.engine.facts.tree import UNKNOWN_FACT, Facts
from apps.engine.outcomes import LICENCE, NO_LICENCE, rank

TIERS = ("T0", "T1", "T2", "T3", "T4")


def tier_of(outcomes: Iterable[str], facts: Facts, *, to_confirm: Callable[[], bool]) -> str:
    """T4 licence needed or listed party, T3 controlled item under an authorisation, T2 open, T1
    else.

    Law that is to be confirmed lifts to T2, as an open question or a condition does; a country
    alone lifts nothing.
    """
    ranks = [rank(outcome) for outcome in outcomes]
    states = set(_hit_states(facts))
    if any(place >= rank(LICENCE) for place in ranks) or "confirmed" in states:
        return "T4"
    if any(place > rank(NO_LICENCE) for place in ranks):
        return "T3"
    if not ranks or any(place < 0 for place in ranks) or "open" in states or to_confirm():
        return "T2"
    return "T1"


def _hit_states(facts: Facts) -> Iterable[object]:
    for block in (facts.people, facts.organisations):
        for fields in block.values():
            hits = fields.get("hits", UNKNOWN_FACT).value
            if isinstance(hits, tuple):
                for hit in hits:  # one that is not known may be any
                    yield hit.get("state", "open") if isinstance(hit, Mapping) else "open"
