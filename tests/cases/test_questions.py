"""One open set of questions per pause; a typed answer becomes its fact, all answers or none."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from apps.cases.domain.facts import answers_of
from apps.cases.domain.questions import (
    NewQuestion,
    answer_questions,
    ask_questions,
    drop_pause,
    end_pause,
    open_pause,
    open_questions,
)
from apps.cases.models import Case, Pause, Question
from apps.engine.lifecycle import Status
from apps.engine.refusal import Refusal, Refusals
from tests.factories.accounts import NOON, OfficeFactory, PersonFactory
from tests.factories.cases import MORNING, CaseFactory

pytestmark = pytest.mark.django_db

TYPED = NewQuestion("Which citizenships?", "people.visitor.citizenships", "The law counts them.")
FREE = NewQuestion("What is the lamp for?")


@pytest.fixture
def case() -> Case:
    return CaseFactory.create(at_office=True, office=OfficeFactory.create())


def ask(case: Case, *questions: NewQuestion) -> Pause:
    return ask_questions(case, questions or (TYPED, FREE), by=PersonFactory.create(), at=MORNING)


def reply(case: Case, answers: dict[int, object]) -> bool:
    return answer_questions(case, answers, by=case.owner, version=case.version, at=NOON)


def test_asking_opens_a_pause_that_remembers_where_the_case_stood(case: Case) -> None:
    pause = ask(case)
    assert (open_pause(case), pause.status_before) == (pause, "in_review")
    told = [(row.text, row.fact, row.why, str(row)) for row in open_questions(case)]
    assert told == [
        (TYPED.text, TYPED.fact, TYPED.why, TYPED.text),
        (FREE.text, "", "", FREE.text),
    ]
    assert str(pause) == f"pause of case {case.pk}"


def test_a_second_set_is_refused_while_one_is_open_by_verb_and_by_database(case: Case) -> None:
    pause = ask(case)
    with pytest.raises(Refusal) as refused:
        ask(case)
    assert refused.value.code == "already_asked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(
            case=case, status_before="triage", asked_by=pause.asked_by, asked_at=NOON
        )


@pytest.mark.parametrize(
    ("questions", "codes"),
    [
        ((), ["no_question"]),
        ((NewQuestion("  "),), ["too_short"]),
        ((NewQuestion("x" * 2001),), ["too_long"]),
        ((NewQuestion("What?", why="\x00"),), ["forbidden_character"]),
        ((NewQuestion("What?", "people.visitor.shoe_size"),), ["unknown_fact"]),
        ((NewQuestion("What?", "people.visitor.hits"),), ["asked_of_office"]),
        ((NewQuestion("What?", "activity.kind"),), ["held_by_record"]),
        ((TYPED, TYPED), ["asked_twice", "asked_twice"]),
    ],
)
def test_questions_nobody_could_answer_are_refused(
    case: Case, questions: tuple[NewQuestion, ...], codes: list[str]
) -> None:
    with pytest.raises(Refusals) as refused:
        ask_questions(case, questions, by=case.owner, at=MORNING)
    assert [item.code for item in refused.value.items] == codes
    assert open_pause(case) is None


def test_answers_are_kept_and_the_typed_one_becomes_the_fact(case: Case) -> None:
    ask(case)
    typed, free = open_questions(case)
    citizen = [{"country": "XB"}]
    assert reply(case, {typed.pk: citizen, free.pk: "It heats."})
    assert answers_of(case)["people.visitor.citizenships"].value == citizen
    rows = Question.objects.order_by("pk").values_list("answer", "answered_by", "answered_at")
    assert list(rows) == [(citizen, case.owner_id, NOON), ("It heats.", case.owner_id, NOON)]
    assert end_pause(case, at=NOON) is Status.IN_REVIEW
    assert (open_pause(case), open_questions(case)) == (None, [])


def test_a_free_answer_changes_no_fact_and_no_version(case: Case) -> None:
    ask(case, FREE)
    (free,) = open_questions(case)
    assert not reply(case, {free.pk: "It heats."})
    assert case.version == 1


def test_not_known_is_an_answer(case: Case) -> None:
    ask(case, TYPED)
    (typed,) = open_questions(case)
    assert reply(case, {typed.pk: "unknown"})
    assert answers_of(case)["people.visitor.citizenships"].value == "unknown"


@pytest.mark.parametrize("value", [42, "", None, "x" * 2001, ["x"], "\x00", "\ud800"])
def test_one_wrong_answer_saves_none(case: Case, value: object) -> None:
    ask(case)
    typed, free = open_questions(case)
    with pytest.raises(Refusals):
        reply(case, {typed.pk: [{"country": "XB"}], free.pk: value})
    with pytest.raises(Refusals):
        reply(case, {typed.pk: None, free.pk: "fine"})
    with pytest.raises(Refusals):
        reply(case, {typed.pk: 42, free.pk: "fine"})
    assert len(open_questions(case)) == 2
    assert answers_of(case) == {}


def test_a_question_of_another_case_or_answered_before_is_refused(case: Case) -> None:
    other = CaseFactory.create(at_office=True, office=OfficeFactory.create())
    ask(other)
    ask(case, FREE)
    (free,) = open_questions(case)
    reply(case, {free.pk: "It heats."})
    for answers in ({open_questions(other)[0].pk: "x"}, {free.pk: "again"}, {}):
        with pytest.raises(Refusal) as refused:
            reply(case, answers)
        assert refused.value.code == "unknown_question"


def test_a_pause_ends_when_all_is_answered_or_when_it_is_dropped(case: Case) -> None:
    with pytest.raises(Refusal) as refused:
        end_pause(case, at=NOON)
    assert refused.value.code == "not_paused"
    ask(case)
    with pytest.raises(Refusal) as refused:
        end_pause(case, at=NOON)
    assert refused.value.code == "unanswered"
    drop_pause(case, at=NOON)
    assert open_pause(case) is None


def test_the_database_keeps_answer_times_and_people_together(case: Case) -> None:
    pause = ask(case, FREE)
    for bad in ({"answered_at": NOON}, {"answered_by": case.owner}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pause=pause).update(**bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.filter(pk=pause.pk).update(ended_at=pause.asked_at.replace(year=2025))
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.filter(pk=pause.pk).update(status_before="limbo")
