"""The outcomes in their order, what a rule may state, and which of several leads."""

from __future__ import annotations

import pytest

from apps.engine.outcomes import is_outcome, rank, strictest

RISING = [
    "excluded",
    "no_licence_required",
    "authorised:L-7",
    "exception:TSR",
    "licence_required",
    "policy_of_denial",
    "prohibited",
]


def test_outcomes_rise_from_excluded_to_prohibited() -> None:
    assert [rank(outcome) for outcome in RISING] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("word", ["needs_information", "undetermined", "cleared", ""])
def test_what_is_open_or_no_outcome_has_no_rank(word: str) -> None:
    assert rank(word) == -1


@pytest.mark.parametrize("word", [*RISING, "undetermined", "exception:126.18(d)"])
def test_a_rule_may_state_it(word: str) -> None:
    assert is_outcome(word)


@pytest.mark.parametrize(
    "word",
    ["needs_information", "exception", "exception:", "authorised: ", "cleared", "prohibited:x", ""],
)
def test_a_rule_may_not_state_it(word: str) -> None:
    assert not is_outcome(word)


@pytest.mark.parametrize(
    ("outcomes", "leading"),
    [
        (["excluded", "licence_required", "exception:STA"], "licence_required"),
        (["exception:STA", "exception:TSR"], "exception:TSR"),
        (["needs_information", "excluded"], "excluded"),
        (["undetermined", "needs_information"], "needs_information"),
        (["undetermined"], "undetermined"),
    ],
)
def test_the_strictest_known_outcome_leads(outcomes: list[str], leading: str) -> None:
    assert strictest(outcomes) == leading
    assert strictest(outcomes[::-1]) == leading
