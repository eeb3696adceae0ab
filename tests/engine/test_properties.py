"""Laws of the engine that hold for any case: order, knowledge, repetition and the trace."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engine.determine import Determination, determine
from apps.engine.edition import Edition, compile_edition
from apps.engine.evaluate import NOT_REACHED
from apps.engine.facts import read_facts
from apps.engine.outcomes import rank
from apps.engine.trace import TraceNode
from apps.engine.truth import JOINED
from tests.engine.drawing import documents, forgetting, places

Cells = dict[str, str]


def determined(document: dict[str, Any], edition: Edition) -> Determination:
    facts = read_facts(document, vocabulary=edition.vocabulary)
    return determine(facts, edition, on=edition.on, regimes=["US-EAR"])


def cells(found: Determination) -> Cells:
    return {exposure.key: exposure.regimes[0].outcome for exposure in found.exposures}


@given(document=documents(), data=st.data())
def test_adding_a_known_fact_never_turns_a_known_outcome_into_another(
    shipped: Edition, document: dict[str, Any], data: st.DataObject
) -> None:
    forgotten = data.draw(st.lists(st.sampled_from(places(document)), max_size=6, unique=True))
    whole = cells(determined(document, shipped))
    partial = cells(determined(forgetting(document, forgotten), shipped))
    changed = {key: (partial[key], whole[key]) for key in whole if partial[key] != whole[key]}
    assert {key for key, (before, _) in changed.items() if rank(before) >= 0} == set()


@given(document=documents(), data=st.data())
def test_what_follows_lies_between_the_best_and_the_worst_that_was_said(
    shipped: Edition, document: dict[str, Any], data: st.DataObject
) -> None:
    forgotten = data.draw(st.lists(st.sampled_from(places(document)), max_size=4, unique=True))
    whole = cells(determined(document, shipped))
    for exposure in determined(forgetting(document, forgotten), shipped).exposures:
        possible = exposure.regimes[0].possible
        known = whole[exposure.key]
        if possible and rank(known) >= 0:
            assert rank(possible[0]) <= rank(known) <= rank(possible[1])


@given(document=documents())
@settings(max_examples=25)
def test_an_open_cell_asks_and_a_settled_one_does_not(
    shipped: Edition, document: dict[str, Any]
) -> None:
    for exposure in determined(document, shipped).exposures:
        answer = exposure.regimes[0]
        assert bool(answer.questions) == (answer.outcome == "needs_information")


@given(document=documents())
@settings(max_examples=6)
def test_equal_input_gives_equal_bytes(shipped: Edition, document: dict[str, Any]) -> None:
    first, second = (determined(document, shipped) for _ in range(2))
    assert json.dumps(first.as_result()) == json.dumps(second.as_result())
    assert first.digest == second.digest


@given(document=documents(), data=st.data())
@settings(max_examples=5)
def test_the_order_in_which_rules_are_written_is_irrelevant(
    shipped: Edition, document: dict[str, Any], data: st.DataObject
) -> None:
    shuffled = tuple(data.draw(st.permutations(shipped.rows.rules)))
    other = compile_edition(
        replace(shipped.rows, rules=shuffled, _digest=[]), id="x", on=shipped.on
    )
    assert cells(determined(document, other)) == cells(determined(document, shipped))
    assert other.digest == shipped.digest


@given(document=documents())
@settings(max_examples=30)
def test_every_trace_node_recomputes_from_its_children_and_its_reads(
    shipped: Edition, document: dict[str, Any]
) -> None:
    found = determined(document, shipped)
    for exposure in found.exposures:
        for rule in exposure.regimes[0].rules:
            if rule.truth == NOT_REACHED:
                assert rule.tree is None
                continue
            assert rule.tree is not None
            assert recomputed(rule.tree) == rule.truth


def recomputed(node: TraceNode) -> int:
    if node.seen is not None:
        assert node.seen.truth == node.truth
        return node.seen.truth
    answer = JOINED[node.op]([recomputed(child) for child in node.children])
    assert answer == node.truth
    return answer
