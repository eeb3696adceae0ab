"""Conditions of an approval: met one by one, with evidence, before it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from apps.audit.domain.history import events_of
from apps.cases.domain.conditions import NewCondition
from apps.cases.models import Case, CaseFact, Condition
from apps.engine.lifecycle import Decision
from apps.engine.refusal import Refusal, Refusals
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.conditions import meet_conditions
from apps.workflow.domain.case.countersign import countersign
from apps.workflow.domain.case.decide import decide_case
from tests.factories.workflow import (
    FREE,
    LICENCE,
    NOON,
    UNTIL,
    House,
    house,
    in_review,
    recommended,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)
TRAINING = NewCondition("training", "Export training taken", "before_access")
BADGE = NewCondition("badge", "Badge limited to two rooms", "before_access")
SIGNED = {"tsr_assurance": "Signed letter of 25 November, file 12."}


def _pending(home: House) -> Case:
    case = recommended(home)
    return countersign(case, by=home.official, version=case.version, at=NOON)


def _of_the_office(home: House, *conditions: NewCondition) -> Case:
    case = in_review(home, FREE)
    ruling = Ruling(
        outcome=Decision.APPROVE_WITH_CONDITIONS,
        reason="With care.",
        until=UNTIL,
        conditions=conditions,
    )
    return decide_case(case, ruling, by=home.reviewer, version=case.version, at=NOON)


def test_a_paper_of_the_law_becomes_a_fact_and_the_approval_holds() -> None:
    home = house()
    case = _pending(home)
    meet_conditions(case, evidence=SIGNED, by=home.triage, version=case.version, at=LATER)
    assert (case.status, case.approved_until) == ("approved", UNTIL)
    condition = Condition.objects.get(case=case)
    assert (condition.met_by, condition.met_at, condition.evidence) == (
        home.triage,
        LATER,
        SIGNED["tsr_assurance"],
    )
    assert CaseFact.objects.get(case=case, path="papers.tsr_assurance.signed").value is True
    verbs = [entry.verb for entry in events_of(f"case:{case.reference}")]
    assert verbs[-3:] == ["save_facts", "meet_condition", "conditions_met"]


def test_conditions_of_the_office_are_met_one_by_one() -> None:
    home = house()
    case = _of_the_office(home, TRAINING, BADGE)
    assert case.status == "conditions_pending"
    meet_conditions(
        case, evidence={"badge": "Issued."}, by=home.triage, version=case.version, at=LATER
    )
    assert case.status == "conditions_pending"
    meet_conditions(
        case, evidence={"training": "Certificate."}, by=home.triage, version=case.version, at=LATER
    )
    assert case.status == "approved"


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ({}, "evidence_required"),
        ({"tsr_assurance": "  "}, "evidence_required"),
        ({"other": "Yes"}, "unknown_condition"),
    ],
)
def test_a_condition_is_met_by_something_that_shows_it(evidence: dict[str, str], code: str) -> None:
    home = house()
    case = _pending(home)
    with pytest.raises(Refusal) as refused:
        meet_conditions(case, evidence=evidence, by=home.triage, version=case.version, at=LATER)
    assert refused.value.code == code
    assert Condition.objects.get(case=case).met_at is None


def test_a_condition_is_met_once() -> None:
    home = house()
    case = _of_the_office(home, TRAINING, BADGE)
    given = {"badge": "Issued."}
    meet_conditions(case, evidence=given, by=home.triage, version=case.version, at=LATER)
    with pytest.raises(Refusal) as refused:
        meet_conditions(case, evidence=given, by=home.triage, version=case.version, at=LATER)
    assert refused.value.code == "already_met"


def test_the_requester_does_not_find_the_own_conditions_met() -> None:
    home = house()
    case = _pending(home)
    with pytest.raises(Refusal) as refused:
        meet_conditions(case, evidence=SIGNED, by=home.researcher, version=case.version, at=LATER)
    assert refused.value.code == "not_entitled"


def test_a_licence_is_met_only_where_the_facts_bear_it_out() -> None:
    home = house()
    case = recommended(home, LICENCE)
    countersign(case, by=home.official, version=case.version, at=NOON)
    with pytest.raises(Refusal) as refused:
        meet_conditions(
            case,
            evidence={"licence_XA-LAW": "Somebody said so."},
            by=home.triage,
            version=case.version,
            at=LATER,
        )
    assert refused.value.code == "unmet_approval_possible"
    meet_conditions(
        case,
        evidence={"licence_XA-LAW": "Not needed: it was published on 25 November."},
        facts={"items.technology.published": True},
        by=home.triage,
        version=case.version,
        at=LATER,
    )
    assert case.status == "approved"


def test_a_fact_that_makes_it_worse_brings_the_case_back_to_triage() -> None:
    home = house()
    case = _pending(home)
    worse = {"people.visitor.citizenships": [{"country": LICENCE}]}
    meet_conditions(
        case, evidence=SIGNED, facts=worse, by=home.triage, version=case.version, at=LATER
    )
    assert (case.status, case.tier) == ("triage", "T4")


def test_a_fact_that_cannot_stand_leaves_everything_as_it_was() -> None:
    home = house()
    case = _pending(home)
    with pytest.raises(Refusals):
        meet_conditions(
            case,
            evidence=SIGNED,
            facts={"people.visitor.nothing": 1},
            by=home.triage,
            version=case.version,
            at=LATER,
        )
    assert Condition.objects.get(case=case).met_at is None


def test_the_same_condition_set_again_stays_met() -> None:
    home = house()
    case = _of_the_office(home, TRAINING, replace(BADGE, text="Badge"))
    assert sorted(Condition.objects.filter(case=case).values_list("key", flat=True)) == [
        "badge",
        "training",
    ]
