"""Questions: only facts whose answer can change an outcome are asked for, best first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from apps.engine.answers import RegimeAnswer
from apps.engine.evaluate import program_of
from apps.engine.facts import spec_for
from apps.engine.facts.supposing import with_fact
from apps.engine.facts.tree import Fact, Facts
from apps.engine.relevance import answers_to, country_classes
from apps.engine.rows import RuleRow
from tests.factories.engine import (
    ABSENT,
    REGIME,
    UNKNOWN_FACT,
    chart_rule,
    destination_row,
    determined,
    edition,
    exception_rule,
    facts,
    reason_row,
    rule,
)

CONTROL = f"items.thing.control.{REGIME}"
VISA: Mapping[str, object] = {"is": ["exposure.person.visa", "J-1"]}
STUDENT: Mapping[str, object] = {"is": ["exposure.person.employment", "student"]}


def answer(
    *rules: RuleRow, changes: Mapping[str, object] | None = None, **law: Any
) -> RegimeAnswer:
    return determined(changes, *rules, **law).exposures[0].regimes[0]


def asked(*rules: RuleRow, changes: Mapping[str, object] | None = None, **law: Any) -> list[str]:
    return [question.fact for question in answer(*rules, changes=changes, **law).questions]


def test_a_question_says_what_to_ask_why_whom_and_what_it_settles() -> None:
    (question,) = answer(rule(when=UNKNOWN_FACT)).questions
    spec = spec_for("activity.kind")
    assert spec is not None
    assert question.as_dict() == {
        "fact": "activity.kind",
        "ask": spec.ask,
        "why": spec.why,
        "settles": ["no_licence_required", "licence_required"],
        "asked_of": "requester",
    }


def test_what_a_person_of_the_office_settles_is_asked_of_the_office() -> None:
    listed = {"hit": {"of": "exposure.recipient", "lists": ["XA-LIST"]}}
    (question,) = answer(rule(when=listed), changes={"people.lin.hits": ABSENT}).questions
    assert (question.fact, question.asked_of) == ("people.lin.hits", "office")
    assert question.settles == ("no_licence_required", "licence_required")


def test_a_known_outcome_asks_nothing() -> None:
    assert asked(rule("a"), rule("b", when=UNKNOWN_FACT)) == []
    assert asked(rule("a", when={"certificate": "x"})) == []


def test_questions_stand_by_stage_and_then_by_the_order_of_the_registry() -> None:
    found = asked(
        rule("a", when={"any": [VISA, UNKNOWN_FACT]}),
        rule("b", stage="act", outcome="no_licence_required", when=STUDENT),
        changes={"people.lin.employment": ABSENT},
    )
    assert found == ["people.lin.employment", "activity.kind", "people.lin.visa"]


def test_a_fact_that_another_one_makes_idle_is_not_asked_for() -> None:
    never_both = {
        "all": [
            {"is": ["exposure.item.classified", True]},
            {"is": ["exposure.item.internal_use", True]},
            {"is": ["exposure.item.classified", False]},
        ]
    }
    rules = (rule("a", when=never_both), rule("b", when=UNKNOWN_FACT))
    assert asked(*rules) == ["activity.kind"]


def test_a_fact_that_only_counts_together_with_others_is_asked_for() -> None:
    both = {"all": [UNKNOWN_FACT, {"is": ["exposure.item.classified", True]}]}
    assert asked(rule(when=both)) == ["items.thing.classified", "activity.kind"]


def test_all_of_a_list_together_may_be_what_counts() -> None:
    every = {
        "in": [
            "value",
            ["operation", "installation", "maintenance", "repair", "overhaul", "refurbishing"],
        ]
    }
    all_six = {"count": {"of": "exposure.release.verbs", "where": every, "at_least": Decimal(6)}}
    (question,) = answer(rule(when=all_six)).questions
    assert question.fact == "releases.r1.verbs"
    assert question.settles == ("no_licence_required", "licence_required")


def test_the_fact_that_tells_which_reason_applies_is_asked_for_though_the_rule_holds() -> None:
    reasons = (reason_row(), reason_row(reason="CB", whole=False, refs=("1X001.b",)))
    rules = (chart_rule(), exception_rule())
    assert asked(*rules, reasons=reasons) == [f"{CONTROL}.paragraph"]
    known = {f"{CONTROL}.paragraph": "1X001.a"}
    assert answer(*rules, changes=known, reasons=reasons).outcome == "exception:ONE"


def test_of_papers_nobody_told_of_the_whole_is_asked_for() -> None:
    signed = {"any_of": {"of": "papers", "where": {"is": ["signed", True]}}}
    (question,) = answer(rule(when=signed), changes={"papers": "unknown"}).questions
    assert (question.fact, question.ask) == ("papers", "Tell us about papers.")
    assert question.settles == ("no_licence_required", "licence_required")


def test_the_country_is_asked_for_by_one_country_of_every_kind() -> None:
    (question,) = answer(chart_rule(), changes={"people.lin.citizenships": ABSENT}).questions
    assert question.fact == "people.lin.citizenships"
    assert question.settles == ("no_licence_required", "licence_required", "undetermined")


def test_countries_the_law_treats_alike_are_one() -> None:
    standing = edition(
        chart_rule(),
        rule("a", when={"is": ["exposure.country", "XE"]}),
        rule("b", when={"country_in": ["exposure.country", "XA:B"]}),
        destinations=(destination_row("P", includes=("XA",)),),
    )
    program = program_of(standing, REGIME)
    assert country_classes(standing.law, program) == ("XA", "XB", "XC", "XD", "XE")
    assert country_classes(standing.law, program) is country_classes(standing.law, program)
    plain = edition(chart_rule())
    assert country_classes(plain.law, program_of(plain, REGIME)) == ("XA", "XB", "XD", "XE")


KINDS = tuple(({"country": code},) for code in ("XA", "XB", "XD", "XE"))


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("items.x.published", (False, True)),
        ("activity.collaboration", ("bilateral", "multilateral")),
        (
            "people.x.influence",
            (
                (),
                ("contract",),
                ("benefit",),
                ("instruction",),
                ("contract", "benefit", "instruction"),
            ),
        ),
        ("people.x.citizenships", KINDS),
        ("people.x.permanent_residencies", ((), *KINDS)),
        ("people.x.visa", ()),
    ],
)
def test_answers_are_listed_where_they_can_be(path: str, answers: tuple[object, ...]) -> None:
    standing = edition(chart_rule())
    spec = spec_for(path)
    assert spec is not None
    assert answers_to(spec, standing.law, program_of(standing, REGIME)) == answers


FLAGS = (
    *("exposure.item.open_patent", "exposure.item.catalogue_course", "exposure.item.classified"),
    *("exposure.item.fundamental_result", "exposure.item.proprietary_input"),
    *("exposure.item.internal_use", "exposure.item.over_notification_value"),
    *("activity.participation_limits", "activity.access_controls", "activity.standards"),
    *("exposure.person.host_prevails", "exposure.person.contacts_screened"),
)


def test_more_missing_facts_than_can_be_gone_through_are_all_asked_for() -> None:
    rules = [
        rule(f"r{place:02d}", when={"is": [flag, True]}, outcome="prohibited")
        for place, flag in enumerate(FLAGS)
    ]
    assert len(asked(*rules)) == 12
    assert len(asked(*rules, rule("visit", when=UNKNOWN_FACT))) == 13


def test_more_ways_to_answer_than_can_be_gone_through_leave_every_question() -> None:
    odd: Mapping[str, object] = {"is": ["exposure.item.nature", "service"]}
    for path, word in (
        ("item.subject", "law"),
        ("item.level", "graduate"),
        ("person.employment", "none"),
    ):
        other = {"is": [f"exposure.{path}", word]}
        odd = {"any": [{"all": [odd, {"not": other}]}, {"all": [{"not": odd}, other]}]}
    idle = {"all": [UNKNOWN_FACT, {"is": ["activity.kind", "facility"]}]}
    unknown = {"items.thing.nature": ABSENT, "people.lin.employment": ABSENT}
    assert len(asked(rule(when={"any": [odd, idle]}), changes=unknown)) == 5
    known = {"items.thing.level": "graduate"}
    assert asked(rule(when={"any": [odd, idle]}), changes=known) == ["items.thing.subject"]


def test_a_question_with_many_answers_tells_the_best_and_the_worst_that_can_follow() -> None:
    shipped = {"is": ["exposure.release.how", "shipment"]}
    (question,) = answer(rule(when=shipped), changes={"releases.r1.how": ABSENT}).questions
    assert question.settles == ("no_licence_required", "licence_required")


def test_an_organisation_outside_the_case_is_asked_about_without_an_answer_to_try() -> None:
    listed = {"hit": {"of": "exposure.employers", "lists": ["XA-LIST"]}}
    (question,) = answer(
        rule(when=listed), changes={"people.lin.affiliations": [{"organisation": "elsewhere"}]}
    ).questions
    assert question.fact == "organisations.elsewhere.hits"
    company = {"is": ["exposure.employer.kind", "company"]}
    (asked_kind,) = answer(rule(when=company)).questions
    assert asked_kind.settles == ("no_licence_required", "licence_required")


SUPPOSED = "supposed"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("activity.kind", lambda told: told.activity["kind"]),
        ("people.lin.visa", lambda told: told.people["lin"]["visa"]),
        ("organisations.home.kind", lambda told: told.organisations["home"]["kind"]),
        (f"{CONTROL}.for", lambda told: told.items["thing"][f"control.{REGIME}.for"]),
        ("releases.r1.how", lambda told: told.releases[0]["how"]),
        ("papers.nda.signed", lambda told: told.papers[-1]["signed"]),
    ],
)
def test_a_fact_may_be_supposed_to_be_otherwise(path: str, found: Any) -> None:
    before = facts()
    told = with_fact(before, path, "x")
    assert told is not None
    assert found(told) == Fact("x", SUPPOSED)
    assert facts() == before


def test_a_fact_of_nobody_in_the_case_cannot_be_supposed() -> None:
    assert with_fact(facts(), "people.omar.visa", "x") is None
    assert with_fact(facts(), "papers", "x") is not None
    assert with_fact(facts(), "releases.r9.how", "x") == facts()


def test_supposing_a_paper_replaces_those_of_its_kind_and_keeps_the_others() -> None:
    told = facts({"papers": [{"kind": "nda", "signed": False}, {"kind": "plan"}]})
    after = with_fact(told, "papers.nda.signed", True)
    assert isinstance(after, Facts)
    assert after.papers is not None
    assert [paper["kind"].value for paper in after.papers] == ["plan", "nda"]
