"""In the office: taking a case, asking, hearing the answer, settling hits and facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.cases.domain.questions import NewQuestion, open_questions
from apps.cases.models import Case, CaseFact, Pause
from apps.engine.refusal import Refusal, Refusals
from apps.jobs.models import Job
from apps.notices.models import Notice
from apps.routing.models import Assignment
from apps.screening.enums import HitState
from apps.screening.models import Determination, ListHit
from apps.workflow.domain.case.adjudicate import adjudicate_hit, establish_facts
from apps.workflow.domain.case.answer import answer_question
from apps.workflow.domain.case.ask import ask_requester, suggested_questions
from apps.workflow.domain.case.lapse import LAPSE_JOB
from apps.workflow.domain.case.take import take_case
from tests.factories.law import enact, small_rows
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    LICENCE,
    LISTED,
    NOON,
    House,
    draft,
    house,
    in_review,
    submitted,
)

pytestmark = pytest.mark.django_db
COUNTRY = "people.visitor.citizenships"
WEEK_LATER = NOON + timedelta(days=7)


def asked(home: House, case: Case, *, by: User) -> Case:
    return ask_requester(
        case, questions=suggested_questions(case), by=by, version=case.version, at=NOON
    )


def answered(case: Case, country: str) -> Case:
    answers = {question.pk: [{"country": country}] for question in open_questions(case)}
    return answer_question(
        case, answers=answers, by=case.owner, version=case.version, at=WEEK_LATER
    )


def test_a_case_goes_into_the_hands_of_whoever_takes_it() -> None:
    home = house()
    case = in_review(home)
    assert (case.status, case.officer) == ("in_review", home.reviewer)
    before, held = Assignment.objects.filter(case=case).order_by("pk")
    assert (before.officer, before.until) == (None, NOON)
    assert (held.officer, held.by, held.until) == (home.reviewer, home.reviewer, None)
    assert held.why == ["Took it into review."]


def test_the_requester_cannot_take_the_own_case_even_as_an_officer() -> None:
    home = house()
    case = submitted(home)
    Case.objects.filter(pk=case.pk).update(owner=home.reviewer)
    with pytest.raises(Refusal) as refused:
        take_case(case, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "conflicted"


def test_the_determination_suggests_what_to_ask_the_requester() -> None:
    case = submitted(house(), None)
    assert [question.fact for question in suggested_questions(case)] == [COUNTRY]


def test_asking_pauses_the_case_and_tells_the_requester() -> None:
    home = house()
    case = asked(home, submitted(home, None), by=home.triage)
    assert case.status == "awaiting_requester"
    assert case.due_on == date(2026, 12, 21)
    assert [question.fact for question in open_questions(case)] == [COUNTRY]
    notice = Notice.objects.filter(to=case.owner).latest("pk")
    assert notice.subject == f"{case.reference}: Waiting for you"


def test_a_pause_without_a_question_is_refused() -> None:
    home = house()
    case = submitted(home, None)
    with pytest.raises(Refusals) as refused:
        ask_requester(case, questions=(), by=home.triage, version=case.version, at=NOON)
    assert [item.code for item in refused.value.items] == ["no_question"]
    assert Case.objects.get(pk=case.pk).status == "triage"


def test_an_answer_becomes_a_fact_and_is_determined_before_the_case_goes_on() -> None:
    home = house()
    case = answered(asked(home, submitted(home, None), by=home.triage), FREE)
    assert CaseFact.objects.get(case=case, path=COUNTRY).value == [{"country": FREE}]
    assert (case.outcome, case.tier) == ("no_licence_required", "T1")
    assert [row.cause for row in Determination.objects.order_by("number")] == ["submit", "answer"]


@pytest.mark.parametrize(
    ("country", "status"), [(FREE, "in_review"), (EXCEPTION, "triage"), (LICENCE, "triage")]
)
def test_a_stricter_answer_leads_to_triage_any_other_back(country: str, status: str) -> None:
    home = house()
    case = answered(asked(home, in_review(home, None), by=home.reviewer), country)
    assert case.status == status
    assert case.officer == home.reviewer


def test_the_office_gets_back_the_working_days_it_had_left() -> None:
    home = house()
    case = answered(asked(home, in_review(home, None), by=home.reviewer), FREE)
    assert case.due_on == date(2026, 12, 7)  # five left on Monday 23 November, again from the 30th


def test_every_question_needs_an_answer() -> None:
    home = house()
    case = submitted(home, None)
    questions = (*suggested_questions(case), NewQuestion("Who pays for the travel?"))
    ask_requester(case, questions=questions, by=home.triage, version=case.version, at=NOON)
    first = open_questions(case)[0]
    with pytest.raises(Refusal) as refused:
        answer_question(
            case,
            answers={first.pk: [{"country": FREE}]},
            by=case.owner,
            version=case.version,
            at=NOON,
        )
    assert refused.value.code == "unmet_all_answered"
    assert Determination.objects.count() == 1
    assert not CaseFact.objects.filter(case=case, path=COUNTRY).exists()


def test_only_the_requesting_side_answers() -> None:
    home = house()
    case = asked(home, submitted(home, None), by=home.triage)
    with pytest.raises(Refusal) as refused:
        answer_question(case, answers={}, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "not_entitled"


def _with_hit(home: House) -> tuple[Case, ListHit]:
    case = submitted(home, FREE, **{"people.visitor.name": LISTED})
    return case, ListHit.objects.get(case=case)


def test_a_dismissed_hit_is_settled_with_its_reason_and_determined_anew() -> None:
    home = house()
    case, hit = _with_hit(home)
    adjudicate_hit(
        case,
        hit_id=hit.pk,
        state=HitState.DISMISSED,
        reason="A person, not the institute of that name.",
        by=home.triage,
        version=case.version,
        at=NOON,
    )
    hit.refresh_from_db()
    assert (hit.state, hit.settled_by, hit.settled_at) == ("dismissed", home.triage, NOON)
    assert (case.status, case.tier, case.outcome) == ("triage", "T1", "no_licence_required")


def test_a_confirmed_hit_in_review_goes_back_to_triage() -> None:
    home = house()
    case, hit = _with_hit(home)
    take_case(case, by=home.reviewer, version=case.version, at=NOON)
    adjudicate_hit(
        case,
        hit_id=hit.pk,
        state=HitState.CONFIRMED,
        reason="The same institute.",
        by=home.reviewer,
        version=case.version,
        at=NOON,
    )
    assert (case.status, case.tier, case.outcome) == ("triage", "T4", "policy_of_denial")


@pytest.mark.parametrize(
    ("state", "reason", "code"),
    [(HitState.OPEN, "Why not", "not_settled"), (HitState.DISMISSED, " ", "reason_required")],
)
def test_a_hit_is_settled_with_a_reason_or_not_at_all(
    state: HitState, reason: str, code: str
) -> None:
    home = house()
    case, hit = _with_hit(home)
    with pytest.raises(Refusal) as refused:
        adjudicate_hit(
            case,
            hit_id=hit.pk,
            state=state,
            reason=reason,
            by=home.triage,
            version=case.version,
            at=NOON,
        )
    assert refused.value.code == code


def test_a_hit_of_another_case_cannot_be_settled_from_here() -> None:
    home = house()
    _, hit = _with_hit(home)
    other = submitted(home, FREE)
    with pytest.raises(Refusal) as refused:
        adjudicate_hit(
            other,
            hit_id=hit.pk,
            state=HitState.DISMISSED,
            reason="No",
            by=home.triage,
            version=other.version,
            at=NOON,
        )
    assert refused.value.code == "unknown_hit"


def test_the_office_puts_a_fact_on_record_and_the_case_is_determined_anew() -> None:
    home = house()
    case = submitted(home, LICENCE)
    establish_facts(
        case,
        facts={"items.technology.published": True},
        reason="The manual is sold to anyone.",
        by=home.triage,
        version=case.version,
        at=NOON,
    )
    fact = CaseFact.objects.get(case=case, path="items.technology.published")
    assert (fact.value, fact.source, fact.as_of) == (True, "established by the office", NOON.date())
    assert (case.outcome, case.tier) == ("excluded", "T1")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"people.visitor.nothing": 1}, "unknown_fact"),
        ({"activity.host": "elsewhere"}, "held_by_record"),
        ({"people.visitor.citizenships": [{"country": "ZZ"}]}, "unknown_country"),
    ],
)
def test_what_cannot_stand_is_refused_whole(facts: dict[str, object], code: str) -> None:
    home = house()
    case = submitted(home)
    with pytest.raises(Refusals) as refused:
        establish_facts(
            case, facts=facts, reason="Read", by=home.triage, version=case.version, at=NOON
        )
    assert [item.code for item in refused.value.items] == [code]
    assert Determination.objects.count() == 1


def test_establishing_nothing_is_refused() -> None:
    home = house()
    case = submitted(home)
    with pytest.raises(Refusal) as refused:
        establish_facts(
            case, facts={}, reason="Read", by=home.triage, version=case.version, at=NOON
        )
    assert refused.value.code == "nothing_established"


def test_a_draft_suggests_no_question() -> None:
    assert suggested_questions(draft(house())) == ()


def test_where_no_limit_is_set_a_question_waits_without_one() -> None:
    home = house()
    rows = small_rows()
    enact(NOON, rows=replace(rows, thresholds=()), name="without-targets")
    case = asked(home, submitted(home, None), by=home.triage)
    assert case.due_on is None
    assert not Job.objects.filter(kind=LAPSE_JOB).exists()


def test_questions_that_vanished_behind_our_back_are_missed() -> None:
    home = house()
    case = asked(home, submitted(home, None), by=home.triage)
    Pause.objects.update(ended_at=NOON)
    with pytest.raises(Refusal) as refused:
        answer_question(case, answers={}, by=case.owner, version=case.version, at=NOON)
    assert refused.value.code == "not_paused"
