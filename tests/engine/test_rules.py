"""Rules as written become rules in force, or are refused with file, line, rule and place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from apps.engine.conditions.tree import Branch, Leaf
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import RuleRow
from apps.engine.rules import Rule
from tests.factories.engine import (
    ABSENT,
    ALWAYS_TRUE,
    NEVER_TRUE,
    REGIME,
    edition,
    exception_rule,
    rule,
    term,
)

LISTED = {"hit": {"of": "exposure.recipient", "lists": ["XA-LIST"]}}
NATIONAL = {"is": ["exposure.country", "XB"]}


def parsed(**written: Any) -> Rule:
    (found,) = edition(rule(**written)).rules
    return found


def refused(*rows: RuleRow) -> list[Refusal]:
    with pytest.raises(Refusals) as raised:
        edition(*rows)
    return list(raised.value.items)


def test_a_rule_is_read_with_everything_it_says() -> None:
    found = parsed(
        title="Small",
        kind="certificate",
        demands="chart",
        reach="case",
        preference=Decimal(20),
        overcomes=["NS", "CB"],
        possible=["licence_required", "prohibited"],
        source={"citation": "1 XA 7", "read": "invented", "confidence": "high"},
        because={"fired": "Yes.", "silent": "No."},
    )
    assert (found.id, found.pack, found.regime, found.title) == (
        "small.rule",
        "small",
        REGIME,
        "Small",
    )
    assert (found.stage, found.stage_place, found.outcome) == (
        "requirements",
        4,
        "licence_required",
    )
    assert (found.kind, found.demands, found.via, found.reach) == (
        "certificate",
        "chart",
        "chart",
        "case",
    )
    assert (found.preference, found.overcomes) == (20, {"NS", "CB"})
    assert found.possible == ("licence_required", "prohibited")
    assert (found.citation, found.read, found.confidence) == ("1 XA 7", "invented", "high")
    assert (found.fired, found.silent) == ("Yes.", "No.")


def test_what_a_rule_does_not_say_has_a_cautious_value() -> None:
    found = parsed(title=ABSENT, source=ABSENT, because=ABSENT)
    assert (found.title, found.kind, found.demands, found.reach) == (
        "small.rule",
        "",
        "",
        "technology",
    )
    assert (found.preference, found.terms, found.lever) == (50, (), None)
    assert found.possible == ("no_licence_required", "licence_required")
    assert found.unverified


@pytest.mark.parametrize(
    ("confidence", "unverified"),
    [("verified", False), ("medium", False), ("unverified", True), ("memory", True)],
)
def test_what_nobody_read_in_the_source_is_unverified(confidence: str, unverified: bool) -> None:
    source = {"citation": "1 XA 1", "read": "x", "confidence": confidence}
    assert parsed(source=source).unverified is unverified


@pytest.mark.parametrize(
    ("stage", "outcome", "closing", "demand", "duty"),
    [
        ("jurisdiction", "excluded", True, False, False),
        ("technology", "excluded", True, False, False),
        ("act", "no_licence_required", True, False, False),
        ("act", ABSENT, True, False, False),
        ("person", "undetermined", False, True, False),
        ("requirements", "licence_required", False, True, False),
        ("requirements", "no_licence_required", False, False, True),
        ("policy", "prohibited", False, True, False),
        ("authorisations", "exception:ONE", False, False, False),
        ("authorisations", "authorised:L-7", False, False, False),
        ("authorisations", "undetermined", False, True, False),
    ],
)
def test_the_stage_and_the_outcome_say_what_a_rule_does(
    stage: str, outcome: object, closing: bool, demand: bool, duty: bool
) -> None:
    found = parsed(stage=stage, outcome=outcome)
    assert (found.is_closing, found.is_demand, found.is_duty) == (closing, demand, duty)


def test_rules_stand_by_regime_stage_and_id_however_they_are_written() -> None:
    rows = (
        rule("b", regime="XB-LAW"),
        exception_rule("a"),
        rule("z", stage="act", outcome="no_licence_required"),
        rule("y"),
        rule("x"),
    )
    ordered = [found.id for found in edition(*rows).rules]
    assert ordered == ["z", "x", "y", "a", "b"]
    assert [found.id for found in edition(*rows[::-1]).rules] == ordered


def test_a_condition_is_a_tree_of_branches_over_leaves() -> None:
    when = parsed(when={"all": [ALWAYS_TRUE, {"not": {"any": [NEVER_TRUE]}}]}).when
    assert isinstance(when, Branch)
    first, second = when.children
    assert (when.op, isinstance(first, Leaf), second.op) == ("all", True, "not")


def test_terms_are_met_by_papers_and_taken_away_by_a_refusal() -> None:
    (found,) = parsed(
        stage="authorisations", outcome="exception:ONE", conditions=[term("nda")]
    ).terms
    assert (found.id, found.text, found.due) == ("nda", "nda first", "before_release")
    assert found.met is not None
    assert found.refused is not None
    assert found.refused.text == "one of the papers kind is nda and refused"


def test_a_term_nobody_can_meet_with_a_paper_stays_open() -> None:
    plain = {"id": "plan", "text": "A plan", "due": "before_access"}
    (found,) = parsed(conditions=[plain]).terms
    assert (found.met, found.refused, found.due) == (None, None, "before_access")


CONDITIONS = "small.rule: conditions[0]"
WRONG: list[tuple[dict[str, object], str, str]] = [
    ({"stage": "later"}, "wrong_value", "small.rule: stage"),
    ({"stage": ABSENT}, "wrong_value", "small.rule: stage"),
    ({"outcome": "cleared"}, "wrong_value", "small.rule: outcome"),
    ({"outcome": ABSENT}, "wrong_value", "small.rule: outcome"),
    ({"outcome": "excluded"}, "wrong_value", "small.rule: outcome"),
    ({"outcome": "exception:ONE"}, "wrong_value", "small.rule: outcome"),
    ({"stage": "act", "outcome": "prohibited"}, "wrong_value", "small.rule: outcome"),
    (
        {"stage": "authorisations", "outcome": "no_licence_required"},
        "wrong_value",
        "small.rule: outcome",
    ),
    ({"stage": "recognition", "outcome": "cleared"}, "wrong_value", "small.rule: outcome"),
    ({"when": ABSENT}, "wrong_type", "small.rule: when"),
    ({"when": {"all": []}}, "wrong_type", "small.rule: when.all"),
    ({"when": {"not": {"is": []}}}, "wrong_type", "small.rule: when.not.is"),
    ({"when": {"smells": []}}, "unknown_operator", "small.rule: when.smells"),
    ({"when": {"is": [], "in": []}}, "wrong_type", "small.rule: when"),
    ({"when": {"any": [ALWAYS_TRUE, {"is": []}]}}, "wrong_type", "small.rule: when.any[1].is"),
    ({"kind": "pass"}, "wrong_value", "small.rule: kind"),
    ({"demands": "chrat"}, "wrong_value", "small.rule: demands"),
    ({"reach": "cases"}, "wrong_value", "small.rule: reach"),
    ({"preference": "high"}, "wrong_type", "small.rule: preference"),
    ({"possible": ["cleared"]}, "wrong_value", "small.rule: possible"),
    ({"possible": ["prohibited", "excluded"]}, "wrong_value", "small.rule: possible"),
    ({"conditions": "nda"}, "wrong_type", "small.rule: conditions"),
    ({"conditions": ["nda"]}, "wrong_type", CONDITIONS),
    ({"conditions": [{"id": "nda"}]}, "missing_key", CONDITIONS),
    ({"conditions": [{"id": "x", "text": "x", "y": 1}]}, "unknown_key", f"{CONDITIONS}.y"),
    (
        {"conditions": [{"id": "x", "text": "x", "met": {"is": []}}]},
        "wrong_type",
        f"{CONDITIONS}.met.is",
    ),
    (
        {"when": NATIONAL, "reads_nationality": ABSENT},
        "nationality_without_basis",
        "small.rule: when",
    ),
    (
        {"when": NATIONAL, "reads_nationality": {"legal_basis": ""}},
        "nationality_without_basis",
        "small.rule: when",
    ),
    (
        {
            "conditions": [{"id": "x", "text": "x", "met": NATIONAL}],
            "reads_nationality": "yes",
        },
        "nationality_without_basis",
        "small.rule: when",
    ),
    (
        {"lever": {"sets": "exposure.person.citizenships", "to": []}},
        "lever_on_a_person",
        "small.rule: lever.sets",
    ),
    (
        {"lever": {"sets": "exposure.release.who", "to": "x"}},
        "lever_on_a_person",
        "small.rule: lever.sets",
    ),
    ({"lever": {"sets": "activity.x", "to": 1}}, "unknown_fact", "small.rule: lever.sets"),
    (
        {"lever": {"sets": "exposure.country", "to": "XA"}},
        "unknown_fact",
        "small.rule: lever.sets",
    ),
    (
        {"lever": {"sets": "exposure.host.kind", "to": "company"}},
        "unknown_fact",
        "small.rule: lever.sets",
    ),
    (
        {"lever": {"sets": "activity.nature", "to": "playful"}},
        "not_an_option",
        "small.rule: lever.to",
    ),
]


@pytest.mark.parametrize(("written", "code", "where"), WRONG)
def test_a_rule_that_cannot_be_law_is_refused_in_its_file_and_line(
    written: Mapping[str, Any], code: str, where: str
) -> None:
    (no,) = refused(rule(**written))
    assert (no.code, no.where, no.file, no.line) == (code, where, "small.yaml", 7)


def test_a_term_without_a_name_is_refused() -> None:
    assert [no.code for no in refused(rule(conditions=[term("")]))] == ["wrong_value"] * 2


def test_every_fault_of_every_rule_is_told_at_once() -> None:
    found = refused(rule("a", stage="later", kind="pass"), rule("b", when={"is": []}))
    assert [no.where for no in found] == ["a: stage", "a: kind", "b: when.is"]


def test_two_rules_in_force_of_one_name_are_refused() -> None:
    (no,) = refused(rule("twin"), rule("twin"))
    assert (no.code, no.where, no.found) == ("duplicate_rule", "twin: id", "twin")


@pytest.mark.parametrize(
    "sets",
    [
        "activity.publication",
        "papers.nda.signed",
        "exposure.item.published",
        "exposure.release.verbs",
    ],
)
def test_a_lever_may_be_a_thing_the_requester_can_do(sets: str) -> None:
    value: object = {"activity.publication": ["free"], "exposure.release.verbs": []}.get(sets, True)
    lever = {"text": "Do it", "sets": sets, "to": value}
    assert parsed(lever=lever).lever == lever


def test_a_party_rule_reads_no_nationality_and_needs_no_basis() -> None:
    assert parsed(when=LISTED, reads_nationality=ABSENT).id == "small.rule"
