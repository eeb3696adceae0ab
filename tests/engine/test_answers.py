"""What a determination answers: outcomes, conditions, what it rests on, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from apps.engine.answers import Determination, RegimeAnswer, digest_of, facts_as_plain
from apps.engine.determine import determine
from apps.engine.facts import read_facts
from apps.engine.rows import GroupRow, RegimeRow, RuleRow
from tests.factories.engine import (
    ABSENT,
    ALWAYS,
    NEVER_TRUE,
    REGIME,
    SOURCE,
    TODAY,
    UNKNOWN_FACT,
    UNSURE,
    chart_rule,
    determined,
    document,
    edition,
    exception_rule,
    facts,
    reason_row,
    rule,
    term,
)

ABROAD = "XB-LAW"


def answer(
    *rules: RuleRow, changes: Mapping[str, object] | None = None, **law: Any
) -> RegimeAnswer:
    return determined(changes, *rules, **law).exposures[0].regimes[0]


def test_the_open_conditions_of_the_named_exception_and_the_duties_are_told() -> None:
    rules = (
        rule("a", overcomes=[]),
        exception_rule("b", overcomes=["a"], conditions=[term("nda"), term("plan")]),
        rule("c", outcome="no_licence_required", conditions=[{"id": "log", "text": "Keep a log"}]),
    )
    signed = {"papers": [{"kind": "plan", "signed": True}]}
    found = answer(*rules, changes=signed)
    assert found.outcome == "exception:ONE"
    assert found.conditions == [
        {"id": "nda", "text": "nda first", "due": "before_release", "citation": "1 XA b"},
        {"id": "log", "text": "Keep a log", "due": "before_release", "citation": "1 XA c"},
    ]


def test_an_open_outcome_has_no_conditions_and_no_alternatives() -> None:
    rules = (
        rule("a"),
        rule("b", when=UNKNOWN_FACT),
        exception_rule("c", overcomes=["a"], conditions=[term("nda")]),
    )
    found = answer(*rules)
    assert (found.outcome, found.conditions, found.alternatives) == ("needs_information", [], [])
    assert found.possible == ("exception:ONE", "licence_required")


@pytest.mark.parametrize(
    ("kind", "regimes", "told"),
    [
        ("", (), "licence"),
        ("report", (), "report"),
        ("", (RegimeRow(REGIME, ("XA",), "certificate", ALWAYS, SOURCE),), "certificate"),
        ("report", (RegimeRow(REGIME, ("XA",), "certificate", ALWAYS, SOURCE),), "report"),
    ],
)
def test_the_kind_is_the_rules_own_or_that_of_its_regime(
    kind: str, regimes: tuple[RegimeRow, ...], told: str
) -> None:
    written = {"kind": kind} if kind else {}
    assert answer(rule(**written), regimes=regimes).kind == told
    assert answer(rule(when=NEVER_TRUE, kind="report"), regimes=regimes).kind in (
        "licence",
        "certificate",
    )


def test_what_rests_on_law_to_be_confirmed_says_so() -> None:
    memory = {"citation": "1 XA 1", "read": "memory", "confidence": "memory"}
    unsure = GroupRow("XC", "XA:B", True, ALWAYS, UNSURE)
    rules = (
        rule("a", source=memory),
        rule("b", source=memory, when=NEVER_TRUE),
        chart_rule(),
        exception_rule("d", when={"country_in": ["exposure.country", "XA:B"]}),
    )
    found = answer(*rules, groups=(unsure,), reasons=(reason_row(source=UNSURE),))
    assert found.to_confirm == ["a", "groups:XA:B:XC", "reasons:1X001:NS1"]


def test_what_is_to_be_confirmed_or_met_keeps_a_case_from_the_lowest_tier() -> None:
    memory = {"citation": "1 XA 1", "read": "memory", "confidence": "memory"}
    outside = rule("a", stage="technology", outcome="excluded")
    assert determined(None, outside).tier == "T1"
    unsure = rule("a", stage="technology", outcome="excluded", source=memory)
    assert determined(None, unsure).tier == "T2"
    noticed = rule("a", stage="technology", outcome="excluded", conditions=[term("notice")])
    assert determined(None, noticed).tier == "T2"


def two_people() -> Determination:
    whole = document({"releases.r1.who": ["lin", "omar"]})
    whole["people"]["omar"] = {**whole["people"]["lin"], "citizenships": [{"country": "XD"}]}
    rules = (chart_rule(), rule("b", regime=ABROAD, when=UNKNOWN_FACT, outcome="prohibited"))
    return determine(read_facts(whole), edition(*rules), on=TODAY, lists=("l-2", "l-1"))


def test_the_case_is_led_by_its_strictest_known_cell_and_counts_the_open_ones() -> None:
    found = two_people()
    assert [(one.key, one.outcome) for one in found.exposures] == [
        ("r1/lin/thing", "licence_required"),
        ("r1/omar/thing", "no_licence_required"),
    ]
    assert (found.outcome, found.open, found.tier) == ("licence_required", 2, "T4")


def test_every_open_fact_is_asked_for_once_in_the_whole_case() -> None:
    assert [question.fact for question in two_people().questions] == ["activity.kind"]


def test_the_rules_rows_and_lists_that_were_consulted_are_on_record() -> None:
    closed = (
        rule("a", stage="act", outcome="no_licence_required"),
        chart_rule(),
    )
    assert two_people().consulted == {
        "rules": ["b", "small.chart"],
        "rows": ["chart:XC:NS1", "chart:XD:NS1", "reasons:1X001:NS1"],
        "lists": ["l-1", "l-2"],
    }
    assert determined(None, *closed).consulted == {"rules": ["a"], "rows": [], "lists": []}


def test_the_result_has_the_keys_of_the_contract() -> None:
    result = determined(None, chart_rule()).as_result()
    assert sorted(result) == [
        *("consulted", "digest", "exposures", "open", "outcome"),
        *("recognised", "route", "tier"),
    ]
    (exposure,) = result["exposures"]  # type: ignore[misc]
    assert {key: exposure[key] for key in ("key", "release", "who", "what")} == {
        "key": "r1/lin/thing",
        "release": "r1",
        "who": "lin",
        "what": "thing",
    }
    (cell,) = exposure["regimes"]
    assert sorted(cell) == [
        *("alternatives", "changes", "conditions", "kind", "levers", "outcome", "possible"),
        *("questions", "regime", "rules", "to_confirm"),
    ]
    assert (cell["regime"], cell["outcome"], cell["possible"]) == (REGIME, "licence_required", None)
    json.dumps(result)


def test_the_possible_outcomes_of_an_open_cell_are_a_list() -> None:
    shown = answer(rule(when=UNKNOWN_FACT)).as_dict()
    assert shown["possible"] == ["no_licence_required", "licence_required"]
    assert answer(rule(when=UNKNOWN_FACT)).record()["possible"] == shown["possible"]


def test_what_is_kept_is_outcomes_and_the_trace_by_position() -> None:
    record = determined(None, rule("a"), rule("b", when={"not": UNKNOWN_FACT})).record()
    assert record["edition"] == {
        "id": "small",
        "digest": edition(rule("a"), rule("b", when={"not": UNKNOWN_FACT})).digest,
    }
    assert (record["on"], record["outcome"], record["tier"]) == (
        "2026-11-22",
        "licence_required",
        "T4",
    )
    (exposure,) = record["exposures"]  # type: ignore[misc]
    assert exposure == {
        "key": "r1/lin/thing",
        "regimes": [
            {
                "regime": REGIME,
                "outcome": "licence_required",
                "possible": None,
                "conditions": [],
                "truths": "0102",
                "trace": "AQIC",
            }
        ],
    }


def test_equal_facts_and_law_have_one_digest_and_any_other_fact_another() -> None:
    first = determined(None, chart_rule()).digest
    assert first.startswith("sha256:")
    assert determined(None, chart_rule()).digest == first
    others = [
        determined({"people.lin.visa": "J-1"}, chart_rule()),
        determined({"people.lin.employment": {"value": "visitor", "source": "x"}}, chart_rule()),
        determined({"papers": "unknown"}, chart_rule()),
        determined(None, chart_rule(title="Other")),
    ]
    assert first not in {other.digest for other in others}


def test_unicode_in_facts_is_kept_as_it_is() -> None:
    found = determined({"people.lin.name": "李 Zoë\u200d"}, chart_rule())
    assert found.digest == determined({"people.lin.name": "李 Zoë\u200d"}, chart_rule()).digest
    assert digest_of("Zoë") != digest_of("Zoe")


def test_facts_are_told_plainly_with_source_and_day() -> None:
    told = facts(
        {
            "people.lin.visa": {"value": "J-1", "source": "passport", "as_of": "2026-11-02"},
            "papers": "unknown",
            "items.thing.nature": ABSENT,
        }
    )
    plain = facts_as_plain(told)
    assert plain["papers"] is None
    assert plain["people"]["lin"]["visa"] == ["J-1", "passport", "2026-11-02"]  # type: ignore[index]
    assert facts_as_plain(replace(told, papers=({},)))["papers"] == [{}]
    json.dumps(plain)
