"""What a requester may change: the smallest sets of changes that lead to a better outcome.

Levers are written beside the rules (`lever: {text, sets, to}`); a set holds at most three. A set
stands only if no smaller part of it reaches as good an outcome. Nobody is ever to be replaced: a
lever that names who somebody is, is refused when the rules are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from apps.engine.evaluate import Results
from apps.engine.facts.registry import spec_for
from apps.engine.facts.supposing import with_fact
from apps.engine.facts.tree import Facts
from apps.engine.facts.types import Reading, Vocabulary
from apps.engine.outcomes import rank

MOST_TOGETHER: Final = 3
_MOST_CANDIDATES: Final = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be changed: a fact, its new value and how to say so."""

    path: str
    value: object
    typed: object
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two changes the same."""
        return self.path, repr(self.value)


@dataclass(frozen=True, slots=True)
class Lever:
    """A set of changes and the outcome it leads to."""

    changes: tuple[Change, ...]
    outcome: str

    def as_dict(self) -> dict[str, object]:
        """The lever as formats, section 5 has it."""
        return {
            "set": {change.path: change.value for change in self.changes},
            "outcome": self.outcome,
            "text": "; ".join(change.text for change in self.changes),
        }


def levers_of(results: Results, outcome: str, judge: Callable[[Facts], str]) -> tuple[Lever, ...]:
    """The smallest sets of changes under which the same cell has a better known outcome."""
    changes = _candidates(results)[:_MOST_CANDIDATES]
    found: list[Lever] = []
    for size in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(changes, size):
            if len({change.path for change in chosen}) < size:
                continue
            then = _outcome(results.exposure.facts, chosen, judge)
            if _is_better(then, outcome) and not _reached(found, chosen, then):
                found.append(Lever(chosen, then))
    return tuple(sorted(found, key=lambda lever: (len(lever.changes), rank(lever.outcome))))


def _is_better(then: str, now: str) -> bool:
    return rank(then) >= 0 and (rank(now) < 0 or rank(then) < rank(now))


def _reached(found: Iterable[Lever], chosen: tuple[Change, ...], outcome: str) -> bool:
    """Whether a part of the set already leads as far."""
    mine = {change.key for change in chosen}
    return any(
        {change.key for change in lever.changes} < mine and rank(lever.outcome) <= rank(outcome)
        for lever in found
    )


def _outcome(facts: Facts, chosen: tuple[Change, ...], judge: Callable[[Facts], str]) -> str:
    changed: Facts | None = facts
    for change in chosen:
        changed = with_fact(changed, change.path, change.typed) if changed is not None else None
    return judge(changed) if changed is not None else ""


def _candidates(results: Results) -> list[Change]:
    found: dict[tuple[str, str], Change] = {}
    for ready in results.program.ready:
        if ready.rule.lever is not None:
            change = _change(results, ready.rule.lever)
            found.setdefault(change.key, change)
    return list(found.values())


def _change(results: Results, lever: Mapping[str, object]) -> Change:
    """The lever of a rule for this exposure; that it can stand was seen when the rule was read."""
    exposure = results.exposure
    path, to = str(lever["sets"]), lever.get("to")
    for word, place in (
        ("exposure.item.", f"items.{exposure.what}."),
        ("exposure.release.", f"releases.{exposure.release}."),
        ("exposure.person.", f"people.{exposure.who}."),
    ):
        path = path.replace(word, place)
    spec, reading = spec_for(path), Reading(Vocabulary(), lambda _: None)
    typed = spec.type.read(to, path, reading) if spec else to
    return Change(path, to, typed, str(lever.get("text", "")))
