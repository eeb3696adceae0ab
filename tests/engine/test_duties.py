"""A duty asks for something beside the outcome; it never changes it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.answers import Determination
from tests.factories.engine import (
    ALWAYS_TRUE,
    NEVER_TRUE,
    UNKNOWN_FACT,
    chart_rule,
    determined,
    exception_rule,
    rule,
    term,
)

SIGNED: Mapping[str, object] = {"papers": [{"kind": "report", "signed": True}]}
FREE = {"people.lin.citizenships": [{"country": "XD"}]}


def duty(when: Mapping[str, object] = ALWAYS_TRUE) -> object:
    return rule("small.duty", when=when, outcome="no_licence_required", conditions=[term("report")])


def ids(found: Determination) -> list[str]:
    return [str(part["id"]) for part in found.exposures[0].regimes[0].conditions]


def test_it_stands_beside_no_licence_and_lifts_the_tier() -> None:
    found = determined(FREE, chart_rule(), duty())
    assert (found.outcome, found.tier, ids(found)) == ("no_licence_required", "T2", ["report"])
    met = determined({**FREE, **SIGNED}, chart_rule(), duty())
    assert (met.outcome, met.tier, ids(met)) == ("no_licence_required", "T1", [])


def test_it_stands_after_the_conditions_of_an_exception() -> None:
    exception = exception_rule(conditions=[term("assurance")])
    found = determined(None, chart_rule(), exception, duty())
    assert (found.outcome, ids(found)) == ("exception:ONE", ["assurance", "report"])


def test_a_licence_leaves_nothing_for_it_to_ask() -> None:
    found = determined(None, chart_rule(), duty())
    assert (found.outcome, ids(found)) == ("licence_required", [])


@pytest.mark.parametrize("when", [NEVER_TRUE, UNKNOWN_FACT])
def test_where_it_does_not_surely_hold_it_asks_for_nothing(when: Mapping[str, object]) -> None:
    found = determined(FREE, chart_rule(), duty(when))
    assert (found.outcome, ids(found)) == ("no_licence_required", [])


def test_what_is_closed_before_has_no_duty() -> None:
    closed = rule("small.closed", stage="act", when=ALWAYS_TRUE, outcome="no_licence_required")
    assert ids(determined(FREE, closed, duty())) == []


def test_its_trace_is_told_like_any_other() -> None:
    rules = determined(FREE, chart_rule(), duty()).exposures[0].regimes[0].rules
    told = {part.rule.id: (part.result, part.because) for part in rules}
    assert told["small.duty"] == ("fired", "small.duty holds.")
