"""The conclusion: everything required is gathered before anything is lifted, and an outcome is
known only if nothing that is open could make it another.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engine.conclude import Conclusion, conclude, pivotal_rules
from apps.engine.edition import Edition
from apps.engine.evaluate import Results, Sight, evaluate, program_of
from apps.engine.exposures import exposures_of
from apps.engine.facts import Facts
from apps.engine.outcomes import rank
from apps.engine.rows import RuleRow
from tests.factories.engine import (
    ABSENT,
    ALWAYS_TRUE,
    NEVER_TRUE,
    REGIME,
    UNKNOWN_FACT,
    UNKNOWN_LAW,
    chart_rule,
    edition,
    exception_rule,
    facts,
    reason_row,
    rule,
    term,
)

TRUTHS = {True: ALWAYS_TRUE, False: NEVER_TRUE, "fact": UNKNOWN_FACT, "law": UNKNOWN_LAW}


def evaluated(standing: Edition, changes: Mapping[str, object] | None = None) -> Results:
    (exposure,) = exposures_of(facts(changes), standing.law)
    return evaluate(program_of(standing, REGIME), exposure, Sight())


def concluded(standing: Edition, changes: Mapping[str, object] | None = None) -> Conclusion:
    return conclude(evaluated(standing, changes))


def outcome(*rules: RuleRow, changes: Mapping[str, object] | None = None, **law: Any) -> str:
    return concluded(edition(*rules, **law), changes).outcome


def closer(name: str = "closer", *, holds: object = True, **written: Any) -> RuleRow:
    usual = {"stage": "act", "outcome": "no_licence_required", "when": TRUTHS[holds]}
    return rule(name, **{**usual, **written})


def demand(name: str = "demand", *, holds: object = True, **written: Any) -> RuleRow:
    return rule(name, **{"when": TRUTHS[holds], **written})


def lift(name: str = "lift", *, holds: object = True, **written: Any) -> RuleRow:
    usual = {"when": TRUTHS[holds], "overcomes": ["demand", "NS"]}
    return exception_rule(name, **{**usual, **written})


def test_without_any_requirement_no_licence_is_required() -> None:
    assert outcome(demand(holds=False)) == "no_licence_required"


def test_the_strictest_requirement_leads() -> None:
    rules = (
        demand("a"),
        demand("b", outcome="policy_of_denial"),
        demand("c", outcome="prohibited", when=NEVER_TRUE),
    )
    found = concluded(edition(*rules))
    assert (found.outcome, found.verdict.by) == ("policy_of_denial", 1)


def test_of_equal_requirements_the_first_is_named() -> None:
    assert concluded(edition(demand("b"), demand("a"))).verdict.by == 0


def test_what_is_outside_needs_nothing_but_what_every_case_needs() -> None:
    outside = closer(stage="technology", outcome="excluded")
    assert outcome(outside, demand()) == "excluded"
    assert outcome(outside, demand(reach="case", outcome="prohibited")) == "prohibited"


def test_one_exception_must_overcome_every_reason() -> None:
    both = (demand("a"), demand("b"))
    assert outcome(*both, lift(overcomes=["a", "b"])) == "exception:ONE"
    halves = (lift("x", overcomes=["a"]), lift("y", overcomes=["b"]))
    assert outcome(*both, *halves) == "licence_required"


def test_the_exception_with_the_fewest_open_conditions_is_named_and_the_others_stand_beside() -> (
    None
):
    rules = (
        demand(),
        lift("a", outcome="exception:TWO", conditions=[term("x"), term("y")]),
        lift("b", outcome="exception:ONE", conditions=[term("x")]),
        lift("c", outcome="exception:ONE", conditions=[term("x"), term("y")]),
    )
    found = concluded(edition(*rules))
    assert (found.outcome, found.verdict.alternatives) == ("exception:ONE", ("exception:TWO",))
    signed = {"papers": [{"kind": kind, "signed": True} for kind in ("x", "y")]}
    assert outcome(*rules, changes=signed) == "exception:ONE"


def test_at_a_tie_the_preferred_exception_is_named() -> None:
    rules = (
        demand(),
        lift("a", outcome="exception:LATER", preference=Decimal(30)),
        lift("b", outcome="exception:SOONER", preference=Decimal(10)),
    )
    assert outcome(*rules) == "exception:SOONER"


def test_a_refused_paper_takes_the_exception_away() -> None:
    rules = (demand(), lift(conditions=[term("nda")]))
    assert outcome(*rules) == "exception:ONE"
    assert concluded(edition(*rules)).verdict.open_terms == (0,)
    refused = {"papers": [{"kind": "nda", "refused": True}]}
    assert outcome(*rules, changes=refused) == "licence_required"


def test_a_refused_paper_takes_the_exclusion_away() -> None:
    rules = (
        closer(stage="technology", outcome="excluded", conditions=[term("notice")]),
        demand(),
    )
    found = concluded(edition(*rules))
    assert (found.outcome, found.verdict.open_terms) == ("excluded", (0,))
    refused = {"papers": [{"kind": "notice", "refused": True}]}
    assert outcome(*rules, changes=refused) == "licence_required"


def test_duties_stand_beside_an_outcome_that_lets_the_release_happen() -> None:
    duty = demand("duty", outcome="no_licence_required", conditions=[term("record")])
    beside = concluded(edition(duty))
    assert (beside.outcome, beside.duties) == ("no_licence_required", ((0, 0),))
    assert concluded(edition(duty, demand())).duties == ()
    signed = {"papers": [{"kind": "record", "signed": True}]}
    assert concluded(edition(duty), signed).duties == ()


@pytest.mark.parametrize(
    ("holds", "found", "possible"),
    [
        ("fact", "needs_information", ("no_licence_required", "licence_required")),
        ("law", "undetermined", ("no_licence_required", "licence_required")),
        (True, "licence_required", None),
        (False, "no_licence_required", None),
    ],
)
def test_an_open_requirement_leaves_the_outcome_open(
    holds: object, found: str, possible: tuple[str, str] | None
) -> None:
    conclusion = concluded(edition(demand(holds=holds)))
    assert (conclusion.outcome, conclusion.possible) == (found, possible)


def test_what_is_open_but_decides_nothing_leaves_the_outcome_known() -> None:
    assert outcome(demand("a"), demand("b", holds="fact")) == "licence_required"
    assert outcome(demand("a"), demand("b", holds="law")) == "licence_required"
    assert outcome(closer(holds="fact"), demand(holds=False)) == "no_licence_required"


def test_where_a_fact_and_the_law_are_both_missing_the_fact_is_asked_for_first() -> None:
    assert outcome(demand("a", holds="fact"), demand("b", holds="law")) == "needs_information"


def test_a_fact_that_the_law_leaves_idle_is_not_asked_for() -> None:
    rules = (
        demand("a", holds="law", outcome="prohibited"),
        demand("b", holds="fact", reads_nationality=ABSENT),
        demand("c"),
    )
    assert outcome(*rules) == "undetermined"


def test_only_the_rules_whose_answer_turns_the_outcome_keep_it_open() -> None:
    rules = (
        demand("a", holds="fact"),
        demand("b", holds="fact", outcome="prohibited"),
        demand("c"),
    )
    found = evaluated(edition(*rules))
    assert (conclude(found).outcome, pivotal_rules(found)) == ("needs_information", (1,))


def test_law_that_leaves_the_answer_to_an_officer_is_undetermined_between_its_bounds() -> None:
    unread = demand("a", outcome="undetermined", possible=["licence_required", "prohibited"])
    found = concluded(edition(unread))
    assert (found.outcome, found.possible) == ("undetermined", ("licence_required", "prohibited"))
    settled = demand("a", outcome="undetermined", possible=["licence_required"])
    assert outcome(settled) == "licence_required"
    free = demand("a", outcome="undetermined", possible=["excluded", "no_licence_required"])
    assert outcome(free) == "no_licence_required"


def test_an_exception_that_hangs_on_law_not_known_counts_only_where_no_other_is_open() -> None:
    unsure = lift("a", holds="law", outcome="exception:UNSURE")
    assert outcome(demand(), unsure) == "undetermined"
    sure = lift("b", outcome="exception:SURE", conditions=[term("x")])
    assert outcome(demand(), unsure, sure) == "exception:SURE"


IN_TWO_COLUMNS = (
    reason_row(reason="NS", whole=False, refs=("1X001.a",)),
    reason_row(reason="CB", whole=False, refs=("1X001.b",), excludes=("1X001.c",)),
    reason_row(reason="MT", whole=True, excludes=("1X001.a", "1X001.b")),
)


def test_what_is_required_for_one_reason_or_another_is_required() -> None:
    found = concluded(edition(chart_rule(), reasons=IN_TWO_COLUMNS))
    assert found.outcome == "licence_required"


def test_an_exception_that_overcomes_some_of_the_possible_reasons_leaves_the_question() -> None:
    standing = edition(chart_rule(), lift(overcomes=["NS"]), reasons=IN_TWO_COLUMNS)
    found = concluded(standing)
    assert (found.outcome, found.possible) == (
        "needs_information",
        ("exception:ONE", "licence_required"),
    )
    path = f"items.thing.control.{REGIME}.paragraph"
    assert concluded(standing, {path: "1X001.a"}).outcome == "exception:ONE"
    assert concluded(standing, {path: "1X001.b"}).outcome == "licence_required"


def test_a_fact_asked_for_beside_law_not_known_may_still_settle_the_case() -> None:
    marked = {"marked": {"of": "exposure.item", "at": "exposure.country", "via": "chart"}}
    nowhere = {"people.lin.citizenships": [{"country": "XE"}]}
    found = concluded(edition(chart_rule(when={"all": [marked, UNKNOWN_FACT]})), nowhere)
    assert (found.outcome, found.possible) == (
        "needs_information",
        ("no_licence_required", "licence_required"),
    )


FLAGS = ("published", "open_patent", "catalogue_course", "classified")
OUTCOMES = {
    "technology": ["excluded", "no_licence_required", "undetermined"],
    "act": ["excluded", "no_licence_required", "undetermined"],
    "requirements": ["licence_required", "prohibited", "undetermined"],
    "authorisations": ["exception:A", "exception:B", "authorised:C"],
    "policy": ["licence_required", "policy_of_denial"],
}
SPANS = [["no_licence_required", "licence_required"], ["licence_required", "prohibited"]]


@st.composite
def ruled(draw: st.DrawFn, place: int) -> RuleRow:
    """A rule that holds if its own fact says so: it closes, demands, lifts or leaves open."""
    stage = draw(st.sampled_from(sorted(OUTCOMES)))
    names = [f"r{number}" for number in range(len(FLAGS))]
    return rule(
        names[place],
        stage=stage,
        when={"is": [f"exposure.item.{FLAGS[place]}", True]},
        outcome=draw(st.sampled_from(OUTCOMES[stage])),
        reach=draw(st.sampled_from(["technology", "technology", "case"])),
        overcomes=draw(st.lists(st.sampled_from(names), unique=True)),
        preference=Decimal(draw(st.sampled_from([10, 20]))),
        possible=draw(st.sampled_from(SPANS)),
    )


PROGRAMS = st.tuples(*(ruled(place) for place in range(len(FLAGS))))
Told = tuple[bool | None, ...]


@cache
def telling(told: Told) -> Facts:
    flags = zip(FLAGS, told, strict=True)
    changes = {f"items.thing.{name}": ABSENT if one is None else one for name, one in flags}
    return facts(changes)


def under(standing: Edition, told: Told) -> Conclusion:
    (exposure,) = exposures_of(telling(told), standing.law)
    return conclude(evaluate(program_of(standing, REGIME), exposure, Sight()))


@given(rules=PROGRAMS)
@settings(max_examples=50)
def test_a_known_outcome_stands_whatever_the_open_facts_turn_out_to_be(
    rules: tuple[RuleRow, ...],
) -> None:
    standing = edition(*rules)
    known = {told: under(standing, told) for told in product((False, True), repeat=len(FLAGS))}
    for told in product((False, True, None), repeat=len(FLAGS)):
        found = under(standing, told)
        ways = product(*((False, True) if one is None else (one,) for one in told))
        turns = [known[way] for way in ways]
        if rank(found.outcome) >= 0:
            assert {turn.outcome for turn in turns} == {found.outcome}
        elif found.possible:
            best, worst = map(rank, found.possible)
            ends = [end for turn in turns for end in turn.possible or (turn.outcome,)]
            assert [end for end in ends if not best <= rank(end) <= worst] == []
