"""The trace a person reads: every rule, what it answered, why, and what it read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.answers import RegimeAnswer
from apps.engine.facts.registry import BY_BLOCK
from apps.engine.rows import RuleRow
from apps.engine.trace import RuleTrace, missing_facts
from tests.factories.engine import (
    ALWAYS_TRUE,
    NEVER_TRUE,
    UNKNOWN_FACT,
    UNKNOWN_LAW,
    chart_rule,
    determined,
    exception_rule,
    rule,
    term,
)

CLOSES = {"stage": "act", "outcome": "no_licence_required"}


def answer(*rules: RuleRow, changes: Mapping[str, object] | None = None) -> RegimeAnswer:
    return determined(changes, *rules).exposures[0].regimes[0]


def traced(*rules: RuleRow, changes: Mapping[str, object] | None = None) -> dict[str, RuleTrace]:
    return {trace.rule.id: trace for trace in answer(*rules, changes=changes).rules}


@pytest.mark.parametrize(
    ("when", "result"),
    [
        (ALWAYS_TRUE, "fired"),
        (NEVER_TRUE, "silent"),
        (UNKNOWN_FACT, "unknown"),
        (UNKNOWN_LAW, "unknown"),
    ],
)
def test_a_rule_fired_was_silent_or_is_open(when: Mapping[str, object], result: str) -> None:
    assert traced(rule("r", when=when))["r"].result == result


def test_a_rule_that_was_not_reached_says_what_settled_it() -> None:
    found = traced(rule("closer", **CLOSES), rule("later"), exception_rule("lift"))
    assert found["later"].because == "Not reached: settled before by closer."
    shown = found["lift"].as_dict()
    assert (shown["result"], shown["trace"], shown["stopped_by"]) == ("not_reached", None, "closer")
    idle = traced(rule("r", when=NEVER_TRUE), exception_rule("lift"))["lift"]
    assert idle.because == "Not reached: nothing has to be authorised."


@pytest.mark.parametrize(
    ("when", "because"),
    [
        (ALWAYS_TRUE, "Yes, for Land XC."),
        (NEVER_TRUE, "No: NATURE is not service."),
        ({"not": ALWAYS_TRUE}, "No: NATURE is applied."),
        ({"all": [ALWAYS_TRUE, NEVER_TRUE]}, "No: NATURE is not service."),
        ({"any": [NEVER_TRUE, NEVER_TRUE]}, "No: NATURE is not service."),
        (UNKNOWN_FACT, "Open: KIND is visit."),
        ({"not": {"any": [NEVER_TRUE, UNKNOWN_FACT]}}, "Open: KIND is visit."),
        (UNKNOWN_LAW, "Open: certificate is settled by a person."),
    ],
)
def test_the_sentence_of_a_rule_names_the_leaves_that_decided(
    when: Mapping[str, object], because: str
) -> None:
    said = {"fired": "Yes, for {country}.", "silent": "No: {failed}."}
    with_country = (
        {"any": [{"is": ["exposure.country", "XB"]}, when]} if when is ALWAYS_TRUE else when
    )
    found = traced(rule("r", when=with_country, because=said))["r"].because
    assert found == because.replace("NATURE", _label("nature")).replace("KIND", _label("kind"))


def _label(field: str) -> str:
    return BY_BLOCK["activity"][field].label


def test_a_country_nobody_read_is_this_country_and_a_rule_without_words_is_its_title() -> None:
    found = traced(
        rule("a", because={"fired": "For {country}."}), rule("b", title="Title", because={})
    )
    assert (found["a"].because, found["b"].because) == ("For this country.", "Title")


def test_a_trace_is_drawn_with_what_was_read_and_what_is_missing() -> None:
    when = {"all": [{"is": ["activity.nature", "applied"]}, {"not": UNKNOWN_FACT}]}
    shown = traced(rule("r", when=when))["r"].as_dict()
    assert shown["trace"] == {
        "op": "all",
        "result": "unknown",
        "children": [
            {
                "op": "is",
                "result": True,
                "text": f"{_label('nature')} is applied",
                "reads": [
                    {"fact": "activity.nature", "value": "applied", "source": "", "as_of": ""}
                ],
            },
            {
                "op": "not",
                "result": "unknown",
                "children": [
                    {
                        "op": "is",
                        "result": "unknown",
                        "text": f"{_label('kind')} is visit",
                        "reads": [
                            {
                                "fact": "activity.kind",
                                "value": "unknown",
                                "source": "",
                                "as_of": "",
                            }
                        ],
                        "missing": ["activity.kind"],
                    }
                ],
            },
        ],
    }
    assert {key: shown[key] for key in ("id", "stage", "result", "citation")} == {
        "id": "r",
        "stage": "requirements",
        "result": "unknown",
        "citation": "1 XA r",
    }


def test_the_walk_over_the_trace_passes_the_terms_of_a_rule() -> None:
    found = traced(
        rule("a"),
        exception_rule("b", conditions=[term("nda"), {"id": "plan", "text": "x"}]),
        exception_rule("c", when=NEVER_TRUE, conditions=[term("nda")]),
        exception_rule("d"),
    )
    assert {name: trace.result for name, trace in found.items()} == {
        "a": "fired",
        "b": "fired",
        "c": "silent",
        "d": "fired",
    }


@pytest.mark.parametrize(
    ("when", "missing"),
    [
        (ALWAYS_TRUE, ()),
        (UNKNOWN_FACT, ("activity.kind",)),
        ({"not": UNKNOWN_FACT}, ("activity.kind",)),
        ({"all": [NEVER_TRUE, UNKNOWN_FACT]}, ()),
        ({"any": [ALWAYS_TRUE, UNKNOWN_FACT]}, ()),
        ({"all": [UNKNOWN_FACT, UNKNOWN_LAW, UNKNOWN_FACT]}, ("activity.kind",)),
        (UNKNOWN_LAW, ()),
    ],
)
def test_only_facts_that_could_settle_a_node_are_missing(
    when: Mapping[str, object], missing: tuple[str, ...]
) -> None:
    results = answer(rule("r", when=when)).results
    assert missing_facts(results.exposure, results.program.ready[0].rule.when) == missing


def test_reasons_for_control_are_told_with_the_country_by_name() -> None:
    said = {"fired": "Marked for {country}.", "silent": "Not marked for {country}."}
    free = {"people.lin.citizenships": [{"country": "XD"}]}
    assert traced(chart_rule(because=said))["small.chart"].because == "Marked for Land XC."
    assert (
        traced(chart_rule(because=said), changes=free)["small.chart"].because
        == "Not marked for Land XD."
    )
