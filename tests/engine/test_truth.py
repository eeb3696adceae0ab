"""Kleene's strong logic over four answers: false, true, a fact missing, the law missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations, product

import pytest

from apps.engine.truth import (
    FALSE,
    NEGATED,
    TRUE,
    UNKNOWN,
    UNSETTLED,
    conjunction,
    disjunction,
    spoken,
    truth,
)

ALL = (FALSE, TRUE, UNKNOWN, UNSETTLED)
CAN_BECOME = {FALSE: (FALSE,), TRUE: (TRUE,), UNKNOWN: (FALSE, TRUE), UNSETTLED: (FALSE, TRUE)}
Join = Callable[[Iterable[int]], int]


@pytest.mark.parametrize(
    ("join", "plain"), [(conjunction, all), (disjunction, any)], ids=["all", "any"]
)
def test_a_join_is_known_exactly_when_every_way_to_fill_the_gaps_agrees(
    join: Join, plain: Callable[[Iterable[int]], bool]
) -> None:
    for answers in product(ALL, repeat=3):
        filled = {plain(way) for way in product(*(CAN_BECOME[answer] for answer in answers))}
        known = truth(filled.pop()) if len(filled) == 1 else None
        found = join(answers)
        assert (found if found in (FALSE, TRUE) else None) == known


@pytest.mark.parametrize("join", [conjunction, disjunction], ids=["all", "any"])
def test_an_open_join_misses_a_fact_before_it_misses_law(join: Join) -> None:
    for answers in product(ALL, repeat=3):
        found = join(answers)
        if found not in (FALSE, TRUE):
            assert found == (UNKNOWN if UNKNOWN in answers else UNSETTLED)


@pytest.mark.parametrize("join", [conjunction, disjunction], ids=["all", "any"])
def test_the_order_of_the_parts_is_irrelevant(join: Join) -> None:
    for answers in product(ALL, repeat=3):
        assert {join(order) for order in permutations(answers)} == {join(answers)}


def test_nothing_at_all_is_all_and_is_not_any() -> None:
    assert (conjunction(()), disjunction(())) == (TRUE, FALSE)


def test_turning_round_twice_changes_nothing_and_keeps_gaps() -> None:
    assert NEGATED == (TRUE, FALSE, UNKNOWN, UNSETTLED)
    assert tuple(NEGATED[NEGATED[answer]] for answer in ALL) == ALL


def test_the_four_answers_are_spoken_as_json_has_them() -> None:
    assert [spoken(answer) for answer in ALL] == [False, True, "unknown", "undetermined"]
