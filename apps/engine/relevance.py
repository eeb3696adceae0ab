"""Which missing facts can still change an outcome: found by going through their answers.

A fact is relevant if values of the other missing facts exist under which two answers to it lead to
different outcomes. The answers are gone through in a fixed order and equal branches are drawn
together (a reduced decision diagram, R. E. Bryant 1986): what is left in the diagram is relevant.
Where there is too much to go through, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, cast

from apps.engine.evaluate import Program
from apps.engine.facts import shapes
from apps.engine.facts.registry import spec_for
from apps.engine.facts.spec import FactSpec
from apps.engine.facts.supposing import with_fact
from apps.engine.facts.tree import Facts
from apps.engine.facts.types import Flag, OneOf
from apps.engine.law import Law
from apps.engine.outcomes import NEEDS_INFORMATION

MOST_UNKNOWN: Final = 12
_MOST_JUDGED: Final = 24  # each is a whole evaluation; a page may hold many cells
_CODE: Final = re.compile(r"\b[A-Z]{2}\b")

Opened = tuple[str, tuple[str, ...]]  # an outcome, and the facts missing while it is open
Open = Callable[[Facts], Opened]
_Diagram = str | tuple[str, tuple[object, ...]]


class _TooMuch(Exception):
    """There is more to go through than may be, or a fact's answers cannot be listed."""


@dataclass(slots=True)
class _Search:
    """One walk through the answers of one cell."""

    open: Open
    law: Law
    program: Program
    judged: int = 0
    known: dict[_Diagram, _Diagram] = field(default_factory=dict)

    def walk(self, facts: Facts) -> _Diagram:
        self.judged += 1
        if self.judged > _MOST_JUDGED:
            raise _TooMuch
        outcome, missing = self.open(facts)
        if outcome != NEEDS_INFORMATION or not missing:
            return outcome
        path = missing[0]
        branches = tuple(self.walk(changed) for changed in self._answered(facts, path))
        if len(set(branches)) == 1:
            return branches[0]
        node: _Diagram = (path, branches)
        return self.known.setdefault(node, node)

    def _answered(self, facts: Facts, path: str) -> Iterable[Facts]:
        spec = spec_for(path)
        values = answers_to(spec, self.law, self.program) if spec is not None else ()
        changed = [with_fact(facts, path, value) for value in values]
        kept = [one for one in changed if one is not None]
        if not kept:
            raise _TooMuch
        return kept


def relevant_facts(
    facts: Facts, missing: tuple[str, ...], *, open_of: Open, law: Law, program: Program
) -> tuple[str, ...] | None:
    """Those of the missing facts that are relevant, in their order; None where that is too much."""
    if len(missing) > MOST_UNKNOWN:
        return None
    try:
        diagram = _Search(open_of, law, program).walk(facts)
    except _TooMuch:
        return None
    named = set(_named(diagram))
    return tuple(path for path in missing if path in named)


def _named(diagram: _Diagram) -> Iterable[str]:
    seen: set[int] = set()
    waiting: list[object] = [diagram]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple) and id(node) not in seen:
            seen.add(id(node))
            yield str(node[0])
            waiting.extend(node[1])


def answers_to(spec: FactSpec, law: Law, program: Program) -> tuple[object, ...]:
    """One value for each way the rules can treat an answer; empty if they cannot be listed."""
    kind = spec.type
    if isinstance(kind, Flag):
        return (False, True)
    if isinstance(kind, OneOf):
        return kind.values
    if isinstance(kind, shapes.ListOf) and isinstance(kind.of, OneOf):
        return ((), *((value,) for value in kind.of.values), kind.of.values)
    if isinstance(kind, shapes.Nationalities):
        held = tuple(({"country": country},) for country in country_classes(law, program))
        return held if spec.field == "citizenships" else ((), *held)
    return ()


def country_classes(law: Law, program: Program) -> tuple[str, ...]:
    """One country for each way in which the rules and tables of a regime can treat a country."""
    key = ("country classes", program.regime)
    if key not in law.memo:
        law.memo[key] = _classes(law, program)
    return cast("tuple[str, ...]", law.memo[key])


def _classes(law: Law, program: Program) -> tuple[str, ...]:
    written = " ".join(leaf.key for leaf in program.leaves)
    groups = [group for group in sorted(law.tables.group_names) if f'"{group}"' in written]
    named = {code for code in _CODE.findall(written) if code in law.tables.countries}
    columns = sorted(law.tables.columns.get(program.regime, ()))
    prose = sorted(name for regime, name in law.tables.destinations if regime == program.regime)
    classes: dict[tuple[object, ...], str] = {}
    for country in sorted(law.tables.countries):
        treated = (
            country if country in named else "",
            *(law.member(country, group) for group in groups),
            *(law.mark(program.regime, country, column) for column in columns),
            *(law.reached(program.regime, country, name, deemed=True) for name in prose),
        )
        classes.setdefault(treated, country)
    return tuple(sorted(classes.values()))
