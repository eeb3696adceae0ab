"""A program over exposures: what is reached, what closes, what is looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from apps.engine.conclude import conclude
from apps.engine.edition import Edition
from apps.engine.evaluate import NOT_REACHED, Results, Sight, evaluate, look, program_of
from apps.engine.exposures import exposures_of
from apps.engine.facts import read_facts
from apps.engine.rows import RuleRow
from apps.engine.truth import FALSE, JOINED, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import (
    ALWAYS_TRUE,
    NEVER_TRUE,
    REGIME,
    UNKNOWN_FACT,
    UNKNOWN_LAW,
    chart_rule,
    document,
    edition,
    exception_rule,
    rule,
    term,
)

LEAVES: Mapping[int, Mapping[str, object]] = {
    FALSE: NEVER_TRUE,
    TRUE: ALWAYS_TRUE,
    UNKNOWN: UNKNOWN_FACT,
    UNSETTLED: UNKNOWN_LAW,
}
CLOSES = {"stage": "act", "outcome": "no_licence_required"}


def results(standing: Edition, changes: Mapping[str, object] | None = None) -> Results:
    (exposure,) = exposures_of(read_facts(document(changes)), standing.law)
    return evaluate(program_of(standing, REGIME), exposure, Sight())


def truths(*rules: RuleRow, changes: Mapping[str, object] | None = None) -> dict[str, int]:
    found = results(edition(*rules), changes)
    ids = (ready.rule.id for ready in found.program.ready)
    return dict(zip(ids, found.truths, strict=True))


@pytest.mark.parametrize("op", ["all", "any"])
def test_branches_are_run_as_the_logic_says(op: str) -> None:
    cases = list(product(LEAVES, repeat=2))
    rules = [
        rule(f"r{place:02d}", when={op: [LEAVES[first], {"all": [LEAVES[second]]}]})
        for place, (first, second) in enumerate(cases)
    ]
    found = truths(*rules)
    assert list(found.values()) == [JOINED[op](list(case)) for case in cases]


@pytest.mark.parametrize("truth", LEAVES)
def test_a_rule_turned_round_answers_the_other_way(truth: int) -> None:
    found = truths(
        rule("leaf", when={"not": LEAVES[truth]}),
        rule("branch", when={"not": {"any": [LEAVES[truth]]}}),
        rule("twice", when={"not": {"not": LEAVES[truth]}}),
    )
    turned = JOINED["not"]([truth])
    assert found == {"branch": turned, "leaf": turned, "twice": truth}


def test_what_a_closed_branch_stops_is_not_reached_except_in_its_stage_and_for_every_case() -> None:
    found = truths(
        rule("a.closes", **CLOSES),
        rule("b.same_stage", **CLOSES, when=UNKNOWN_FACT),
        rule("c.later", stage="person", outcome="no_licence_required"),
        rule("d.requirement"),
        rule("e.every_case", reach="case", when=NEVER_TRUE),
        rule("0.before", stage="jurisdiction", outcome="excluded", when=NEVER_TRUE),
    )
    assert found == {
        "0.before": FALSE,
        "a.closes": TRUE,
        "b.same_stage": UNKNOWN,
        "c.later": NOT_REACHED,
        "d.requirement": NOT_REACHED,
        "e.every_case": FALSE,
    }


@pytest.mark.parametrize("truth", [FALSE, UNKNOWN, UNSETTLED])
def test_what_does_not_surely_close_stops_nothing(truth: int) -> None:
    found = truths(rule("a", **CLOSES, when=LEAVES[truth]), rule("b"))
    assert found == {"a": truth, "b": TRUE}


def test_the_first_rule_that_closes_is_named() -> None:
    standing = edition(
        rule("z", **CLOSES), rule("a", stage="person", outcome="no_licence_required")
    )
    assert results(standing).stopped_by == "z"
    assert results(edition(rule())).stopped_by == ""


def test_a_closing_rule_whose_paper_was_refused_closes_nothing() -> None:
    rules = (rule("a", **CLOSES, conditions=[term("notice")]), rule("b"))
    refused = {"papers": [{"kind": "notice", "refused": True}]}
    assert truths(*rules) == {"a": TRUE, "b": NOT_REACHED}
    assert truths(*rules, changes=refused) == {"a": TRUE, "b": TRUE}


@pytest.mark.parametrize(("truth", "reached"), [(FALSE, False), (UNKNOWN, True), (TRUE, True)])
def test_authorisations_are_looked_at_only_where_something_may_be_required(
    truth: int, reached: bool
) -> None:
    found = truths(rule("a", when=LEAVES[truth]), exception_rule("b"))
    assert found["b"] == (TRUE if reached else NOT_REACHED)


def test_what_every_case_demands_may_be_authorised_though_the_branch_is_closed() -> None:
    closing = rule("a", **CLOSES)
    assert truths(closing, rule("b", reach="case"), exception_rule("c"))["c"] == TRUE
    assert truths(closing, rule("b"), exception_rule("c"))["c"] == NOT_REACHED


def test_authorisations_are_looked_at_where_a_later_stage_may_demand_one() -> None:
    later = rule("z", stage="policy", when=NEVER_TRUE)
    assert truths(exception_rule("b"), later) == {"b": TRUE, "z": FALSE}


def test_what_holds_demands_its_reasons_or_itself() -> None:
    standing = edition(chart_rule(), rule("plain"), rule("odd", demands="destination"))
    needs = results(standing).needs
    ids = [ready.rule.id for ready in program_of(standing, REGIME).ready]
    assert {ids[place]: demand.sure for place, demand in needs.items()} == {
        "small.chart": {"NS"},
        "plain": {"plain"},
        "odd": {"odd"},
    }


def test_terms_are_asked_of_what_may_hold_and_of_nothing_else() -> None:
    signed = {"papers": [{"kind": "nda", "signed": True}]}
    rules = (
        rule("0"),
        exception_rule("a", conditions=[term("nda"), {"id": "plan", "text": "x"}]),
        exception_rule("b", conditions=[term("nda")], when=NEVER_TRUE),
        exception_rule("c"),
    )
    found = results(edition(*rules), signed)
    assert found.terms == {1: ((TRUE, UNKNOWN), (UNKNOWN, UNKNOWN)), 3: ()}


def test_a_program_is_compiled_once_per_edition_and_shares_equal_leaves() -> None:
    standing = edition(rule("a"), rule("b", when={"not": ALWAYS_TRUE}))
    program = program_of(standing, REGIME)
    assert program is program_of(standing, REGIME)
    assert len(program.leaves) == 1


def test_a_leaf_is_looked_at_once_for_what_it_hangs_on() -> None:
    whole = document({"releases.r1.who": ["lin", "home"]})
    standing = edition(
        rule("a", when={"is": ["exposure.item.published", False]}),
        rule("b", when={"is": ["exposure.recipient_kind", "person"]}),
    )
    program, sight = program_of(standing, REGIME), Sight()
    found = exposures_of(read_facts(whole), standing.law)
    phases = range(len(program.phases))
    seen = [[truth for at in phases for truth in look(program, at, one, sight)] for one in found]
    assert seen == [[TRUE, TRUE], [TRUE, FALSE]]
    assert len(sight.seen) == 3


def test_what_is_remembered_of_rules_and_conclusions_has_a_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing = edition(rule("a", when={"is": ["exposure.item.published", True]}))
    asked = [{"items.thing.published": value} for value in (True, False, True)]
    before = [conclude(results(standing, changes)).outcome for changes in asked]
    monkeypatch.setattr("apps.engine.evaluate.MOST_KEPT", 1)
    monkeypatch.setattr("apps.engine.conclude.MOST_KEPT", 1)
    after = [conclude(results(standing, changes)).outcome for changes in asked]
    program = program_of(standing, REGIME)
    assert before == after == ["licence_required", "no_licence_required", "licence_required"]
    again = edition(rule("a", when={"is": ["exposure.item.published", True]}))
    assert [conclude(results(again, changes)).outcome for changes in asked] == before
    assert len(program_of(again, REGIME).ready[0].tried) == 1
    assert len(program.concluded) == 2


def test_leaves_of_a_stage_that_is_not_reached_are_never_looked_at() -> None:
    standing = edition(
        rule("a", stage="technology", outcome="excluded", when=ALWAYS_TRUE),
        rule("b", when={"is": ["exposure.recipient_kind", "person"]}),
    )
    program, sight = program_of(standing, REGIME), Sight()
    one = exposures_of(read_facts(document({})), standing.law)[0]
    assert evaluate(program, one, sight).truths == [TRUE, NOT_REACHED]
    assert [name for name, _ in sight.seen] == [f"{REGIME} 1 ()"]


def test_two_givers_of_two_countries_are_not_taken_for_one() -> None:
    whole = document({"releases.r1.who": "home", "organisations.home.country": "XA"})
    whole["organisations"]["abroad"] = {"country": "XB"}
    second = {"id": "r2", "from": "abroad", "who": "home", "what": "thing", "where": "XB"}
    whole["releases"].append(second)
    standing = edition(rule(when={"is": ["exposure.organisation.foreign_person", True]}))
    program, sight = program_of(standing, REGIME), Sight()
    found = [evaluate(program, one, sight) for one in exposures_of(read_facts(whole), standing.law)]
    assert [one.truths for one in found] == [[FALSE], [TRUE]]
