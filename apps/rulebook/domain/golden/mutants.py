"""Mutants of the rulebook: each turns one leaf of one rule round, and a worked case must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from apps.engine.answers import RegimeAnswer
from apps.engine.conditions.tree import Branch, Leaf, Node, Seen, leaves_of
from apps.engine.determine import Determination, determine
from apps.engine.edition import Edition
from apps.engine.evaluate import NOT_REACHED
from apps.engine.exposures import Exposure
from apps.engine.law import Law
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rules import Rule
from apps.engine.truth import JOINED, NEGATED
from apps.rulebook.domain.golden.cases import GoldenCase
from apps.rulebook.domain.golden.compare import compare
from apps.rulebook.domain.golden.run import read_golden

_COMPILED = ("program", "country classes")  # what is remembered of the rules and not of the tables


@dataclass(frozen=True, slots=True)
class Mutant:
    """One leaf turned round. `term` is the condition it stands in, empty for the rule itself."""

    rule: str
    regime: str
    term: str
    place: int
    leaf: str

    @property
    def name(self) -> str:
        """`rule.id#3`, or `rule.id/condition#1` inside a condition; leaves count from 1."""
        return f"{self.rule}{f'/{self.term}' if self.term else ''}#{self.place + 1}"


@dataclass(slots=True)
class Hunt:
    """Which mutants were noticed, each by the id of a case, and which lived."""

    killed: dict[str, str] = field(default_factory=dict)
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of all mutants were noticed, in percent."""
        total = len(self.killed) + len(self.survivors)
        return 100.0 * len(self.killed) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Worked:
    """A case that passes, with the cells it was determined in."""

    case: GoldenCase
    found: Determination

    def cells(self, regime: str) -> Iterator[RegimeAnswer]:
        for exposure in self.found.exposures:
            yield from (answer for answer in exposure.regimes if answer.regime == regime)


def hunt_mutants(path: Path, edition: Edition, *, regime: str = "") -> Hunt:
    """Turn every leaf of every rule round, one at a time, and see which case fails by it.

    A case fails if an outcome, a condition, a question, a citation, or what fired is no longer as
    it expects. Raises Refusals for cases that cannot be read.
    """
    worked, hunt, looked = list(_worked(path, edition)), Hunt(), _Looked()
    for rule in edition.rules:
        if regime not in ("", rule.regime):
            continue
        mine = sorted(worked, key=lambda one: not _speaks_of(one.case, rule.id))
        for mutant, changed in _mutants(rule):
            by = next((one.case.id for one in mine if _notices(one, rule, changed, looked)), None)
            if by is None:
                hunt.survivors.append(mutant)
            else:
                hunt.killed[mutant.name] = by
    return hunt


def _worked(path: Path, edition: Edition) -> Iterator[_Worked]:
    for case in read_golden(path, edition):
        if not isinstance(case, GoldenCase):
            raise Refusals(case.refusals)
        found = determine(case.facts, edition, on=case.on, regimes=case.regimes)
        if not compare(found, case.expect, case.overall):
            yield _Worked(case, found)


def _speaks_of(case: GoldenCase, rule: str) -> bool:
    return any(rule in (*row.fires, *row.silent) for row in case.expect)


def _mutants(rule: Rule) -> Iterator[tuple[Mutant, Rule]]:
    """Every leaf of a rule and of what meets its conditions, turned round."""
    for place, leaf in enumerate(leaves_of(rule.when)):
        when = _turned(rule.when, place)
        yield Mutant(rule.id, rule.regime, "", place, leaf.text), replace(rule, when=when)
    for number, term in enumerate(rule.terms):
        for place, leaf in enumerate(leaves_of(term.met) if term.met else ()):
            met = _turned(term.met, place) if term.met else None
            terms = (*rule.terms[:number], replace(term, met=met), *rule.terms[number + 1 :])
            mutant = Mutant(rule.id, rule.regime, term.id, place, leaf.text)
            yield mutant, replace(rule, terms=terms)


def _turned(node: Node, place: int) -> Node:
    """The same tree with the leaf at a place turned round."""
    if isinstance(node, Leaf):
        return _negated(node)
    children, passed = [], 0
    for child in node.children:
        size = sum(1 for _ in leaves_of(child))
        inside = passed <= place < passed + size
        children.append(_turned(child, place - passed) if inside else child)
        passed += size
    return Branch(node.op, tuple(children), node.text)


def _negated(leaf: Leaf) -> Leaf:
    def look(exposure: Exposure) -> Seen:
        seen = leaf.look(exposure)
        return replace(seen, truth=NEGATED[seen.truth])

    return replace(leaf, key=f"not {leaf.key}", look=look, test=None)


class _Looked(dict[tuple[int, str], int]):
    """The truth of leaves by exposure, looked at once for all mutants."""

    def truth(self, node: Node, exposure: Exposure) -> int:
        if isinstance(node, Branch):
            return JOINED[node.op]([self.truth(child, exposure) for child in node.children])
        key = (id(exposure), node.key)
        if key not in self:
            self[key] = node.truth(exposure)
        return self[key]


def _notices(one: _Worked, rule: Rule, changed: Rule, looked: _Looked) -> bool:
    """Whether a case fails once a rule is changed; looked at only where the rule answers anew."""
    if not any(_answers_anew(cell, rule, changed, looked) for cell in one.cells(rule.regime)):
        return False
    case = one.case
    edition = _with(one.found.edition, changed)
    try:
        found = determine(case.facts, edition, on=case.on, regimes=case.regimes)
    except (Refusal, Refusals):
        return True
    return bool(compare(found, case.expect, case.overall))


def _answers_anew(cell: RegimeAnswer, rule: Rule, changed: Rule, looked: _Looked) -> bool:
    results = cell.results
    place = results.program.places.get(rule.id)
    if place is None or results.truths[place] == NOT_REACHED:
        return False
    if changed.terms != rule.terms:
        return place in results.terms
    return looked.truth(changed.when, results.exposure) != results.truths[place]


def _with(edition: Edition, changed: Rule) -> Edition:
    """The same law on the same day with one rule changed."""
    law = edition.law
    memo = {key: kept for key, kept in law.memo.items() if not _of_rules(key)}
    rules = tuple(changed if rule.id == changed.id else rule for rule in edition.rules)
    fresh = Law(law.on, law.tables, memo)
    return Edition(edition.id, edition.rows, fresh, rules, edition.charters)


def _of_rules(key: object) -> bool:
    return isinstance(key, tuple) and bool(key) and key[0] in _COMPILED
