"""Mutants of a rule: each turns one of its leaves round, so that a worked case has to notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apps.engine.conditions.tree import Branch, Leaf, Node, leaves_of
from apps.engine.rules import Rule

_UNSETTLED = ("certificate", "agreement")


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


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: the rule as it becomes, and the condition before and after."""

    mutant: Mutant
    rule: Rule
    before: Node
    after: Node


def mutants_of(rule: Rule) -> Iterator[Change]:
    """Every leaf of a rule and of what meets its conditions, turned round.

    A leaf that a person settles (a certificate, an agreement) is none: it only ever answers
    undetermined, which stays undetermined when it is turned round, and no case could tell.
    """
    for place, leaf in _leaves(rule.when):
        after = _turned(rule.when, place)
        mutant = Mutant(rule.id, rule.regime, "", place, leaf.text)
        yield Change(mutant, replace(rule, when=after), rule.when, after)
    for number, term in enumerate(rule.terms):
        if term.met is None:
            continue
        for place, leaf in _leaves(term.met):
            after = _turned(term.met, place)
            terms = (*rule.terms[:number], replace(term, met=after), *rule.terms[number + 1 :])
            mutant = Mutant(rule.id, rule.regime, term.id, place, leaf.text)
            yield Change(mutant, replace(rule, terms=terms), term.met, after)


def _leaves(node: Node) -> Iterator[tuple[int, Leaf]]:
    found = enumerate(leaves_of(node))
    return ((place, leaf) for place, leaf in found if leaf.op not in _UNSETTLED)


def _turned(node: Node, place: int) -> Node:
    """The same tree with the leaf at a place turned round; its leaves stay what they are."""
    if isinstance(node, Leaf):
        return Branch("not", (node,))
    children, passed = [], 0
    for child in node.children:
        size = sum(1 for _ in leaves_of(child))
        inside = passed <= place < passed + size
        children.append(_turned(child, place - passed) if inside else child)
        passed += size
    return Branch(node.op, tuple(children), node.text)
