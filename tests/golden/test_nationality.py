"""Nationality is read where a rule states its legal basis and nowhere else, watched at run time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from apps.engine.conditions.tree import Leaf, leaves_of
from apps.engine.edition import Edition
from apps.engine.evaluate import Program, program_of
from apps.engine.exposures import Exposure, exposures_of
from apps.engine.facts.registry import NATIONALITY_FACTS
from apps.engine.facts.tree import Fact, Facts
from apps.rulebook.domain.golden.cases import GoldenCase
from tests.golden.test_cases import documents, edition, golden

EVERY = 9  # one case of so many is watched: what a leaf reads hangs on the rule, not on the case


class Watched(dict[str, Fact]):
    """The facts of a person that note which of them are looked at."""

    def __init__(self, known: Any, read: set[str]) -> None:
        super().__init__(known)
        self._read = read

    def get(self, name: str, otherwise: Any = None) -> Any:
        self._read.add(name)
        return super().get(name, otherwise)

    def __getitem__(self, name: str) -> Fact:
        self._read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._read.add(str(name))
        return super().__contains__(name)


def watched(facts: Facts, read: set[str]) -> Facts:
    return replace(facts, people={key: Watched(one, read) for key, one in facts.people.items()})


def cases() -> Iterator[GoldenCase]:
    found = [case for document in documents() for case in golden(document)]
    yield from found[::EVERY]


def read_by(leaf: Leaf, facts: Facts, law: Edition, place: int) -> set[str]:
    """What of nationality a leaf looks at, on an exposure nobody has looked at before."""
    read: set[str] = set()
    exposure: Exposure = exposures_of(watched(facts, read), law.law)[place]
    read.clear()
    leaf.look(exposure)
    leaf.truth(exposure)
    return read & NATIONALITY_FACTS


def programs(case: GoldenCase) -> Iterator[Program]:
    standing = edition().at(case.on)
    for regime in case.regimes or standing.regimes:
        yield program_of(standing, regime)


def test_no_leaf_reads_nationality_without_saying_so() -> None:
    silent, open_ones = set[str](), set[str]()
    for case in cases():
        standing = edition().at(case.on)
        for program in programs(case):
            for leaf in program.leaves:
                if read_by(leaf, case.facts, standing, 0):
                    (open_ones if leaf.nationality else silent).add(leaf.key)
    assert (silent, len(open_ones) > 20) == (set(), True)


@pytest.mark.parametrize("day", sorted({case.on for case in cases()}))
def test_every_rule_that_reads_nationality_states_its_legal_basis(day: Any) -> None:
    written = {
        row.id: row.document.get("reads_nationality", {})
        for row in edition().rows.rules
        if row.period.holds(day)
    }
    reading = {
        rule.id
        for rule in edition().at(day).rules
        for node in (rule.when, *(term.met for term in rule.terms if term.met))
        if any(leaf.nationality for leaf in leaves_of(node))
    }
    assert [name for name in sorted(reading) if not written[name].get("legal_basis")] == []
