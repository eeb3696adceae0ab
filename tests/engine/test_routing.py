"""Charters: the most specific one wins, nobody is left over, and the answer says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.engine.refusal import Refusal
from apps.engine.routing import Routable, route
from apps.engine.rows import CharterRow, Period, Source

ON = date(2026, 11, 22)
SOURCE = Source("Charter of the offices, section 2", "copy of 2026-09-01")
VISIT = Routable(
    kind="visit",
    tier="T3",
    units=("optics", "physics", "science"),
    facilities=frozenset({"clean-room"}),
    regimes=frozenset({"LAW-A", "LAW-B"}),
    areas=frozenset({"photonics"}),
)


def charter(
    office: str, *, desk: str = "", catch_all: bool = False, **named: tuple[str, ...]
) -> CharterRow:
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("kinds", "units", "facilities", "regimes", "areas", "tiers"), ()
    )
    return CharterRow(
        office=office, desk=desk, catch_all=catch_all, period=Period(), source=SOURCE,
        **{**empty, **named},
    )  # fmt: skip


CATCH_ALL = charter("central", catch_all=True)


@pytest.mark.parametrize(
    ("closer", "wider"),
    [
        (
            charter("a", facilities=("clean-room",)),
            charter("b", units=("optics",), regimes=("LAW-A",)),
        ),
        (charter("a", units=("optics",)), charter("b", units=("physics",))),
        (charter("a", units=("physics", "optics")), charter("b", units=("physics",))),
        (charter("a", units=("physics",), regimes=("LAW-A",)), charter("b", units=("physics",))),
        (charter("a", regimes=("LAW-A",)), charter("b", areas=("photonics",))),
        (charter("a", areas=("photonics",)), charter("b", kinds=("visit",))),
        (charter("a", kinds=("visit",)), charter("b", tiers=("T3",))),
        (charter("a", tiers=("T3",)), charter("b")),
        (charter("b"), replace(CATCH_ALL, office="a")),
    ],
)
def test_the_closer_charter_wins_in_any_order(closer: CharterRow, wider: CharterRow) -> None:
    for order in permutations([closer, wider, CATCH_ALL]):
        assert route(VISIT, order, on=ON).office == closer.office


def test_the_answer_says_what_the_charter_names_and_where_it_stands() -> None:
    found = route(VISIT, [charter("a", desk="lists", units=("physics",), tiers=("T3",))], on=ON)
    assert (found.office, found.desk) == ("a", "lists")
    assert found.why == (
        "Its charter names the unit physics and the tier T3.",
        "Source: Charter of the offices, section 2.",
    )


def test_a_charter_without_restriction_covers_every_case() -> None:
    assert route(VISIT, [charter("a")], on=ON).why[0] == "Its charter covers every case."


def test_those_passed_over_stand_in_the_answer_with_the_reason() -> None:
    found = route(
        VISIT,
        [charter("a", units=("optics",)), charter("b", desk="d"), charter("c", units=("law",))],
        on=ON,
    )
    assert found.passed_over == (
        "b/d: its charter fits less closely.",
        "c: it is for the unit law.",
    )


def test_the_catch_all_takes_what_no_charter_names_and_says_so() -> None:
    found = route(VISIT, [charter("a", kinds=("facility",)), CATCH_ALL], on=ON)
    assert found.office == "central"
    assert found.why[0] == "No charter names this case, so the catch-all office takes it."
    assert found.passed_over == ("a: it is for the kind of request facility.",)


def test_a_case_that_nobody_takes_is_refused_and_never_dropped() -> None:
    with pytest.raises(Refusal) as refused:
        route(VISIT, [charter("a", tiers=("T0",))], on=ON)
    assert refused.value.code == "no_office"


def test_a_charter_outside_its_period_does_not_count() -> None:
    ended = replace(charter("a", units=("optics",)), period=Period(None, ON))
    begun = replace(charter("b", units=("physics",)), period=Period(ON, None))
    assert route(VISIT, [ended, begun], on=ON).office == "b"


def test_equal_fits_are_settled_by_name_and_the_answer_says_so() -> None:
    found = route(VISIT, [charter("b", units=("optics",)), charter("a", units=("optics",))], on=ON)
    assert found.office == "a"
    assert found.why[1] == "b fits as closely; the first by name takes the case."


_SOME = {
    "kinds": ("visit",), "units": ("optics", "physics"), "facilities": ("clean-room",),
    "regimes": ("LAW-A", "LAW-C"), "areas": ("photonics", "acoustics"), "tiers": ("T3", "T4"),
}  # fmt: skip
_charters = st.builds(
    lambda office, picks: charter(office, **{key: (value,) for key, value in picks.items()}),
    st.sampled_from(["a", "b", "c"]),
    st.fixed_dictionaries(
        {}, optional={key: st.sampled_from(words) for key, words in _SOME.items()}
    ),
)


@given(st.lists(_charters, max_size=5), st.randoms(use_true_random=False))
def test_order_of_charters_never_matters(found: list[CharterRow], chance: Random) -> None:
    shuffled = [*found, CATCH_ALL]
    before = route(VISIT, shuffled, on=ON)
    chance.shuffle(shuffled)
    assert route(VISIT, shuffled, on=ON) == before


@given(st.lists(_charters, max_size=5))
def test_the_chosen_charter_fits_whatever_it_names(found: list[CharterRow]) -> None:
    """Every office but the catch-all was chosen because one of its charters holds in full."""
    office = route(VISIT, [*found, CATCH_ALL], on=ON).office
    own = {
        "kinds": {"visit"}, "units": set(VISIT.units), "facilities": VISIT.facilities,
        "regimes": VISIT.regimes, "areas": VISIT.areas, "tiers": {"T3"},
    }  # fmt: skip
    holding = {
        row.office
        for row in found
        if all(
            not getattr(row, key) or set(getattr(row, key)) & values for key, values in own.items()
        )
    }
    assert office in (holding or {"central"})
