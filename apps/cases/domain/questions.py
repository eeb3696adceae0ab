"""Questions to the requester: one open set per pause, answers typed by the fact they settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.cases.domain.changes import write_answers
from apps.cases.domain.checking import check_answers, not_askable
from apps.cases.domain.vocabulary import vocabulary_on
from apps.cases.domain.words import wrong_words
from apps.cases.models import Case, Pause, Question
from apps.engine.lifecycle import Status
from apps.engine.refusal import Refusal, Refusals

TEXT_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question about to be asked; with a fact path its answer becomes that fact."""

    text: str
    fact: str = ""
    why: str = ""


@transaction.atomic
def ask_questions(case: Case, questions: Sequence[NewQuestion], *, by: User, at: datetime) -> Pause:
    """Open a pause with its questions; the status of the case is where an answer will lead back to.

    The verb that calls this moves the case. Raises Refusals `no_question`, `too_short`,
    `unknown_fact`, `asked_of_office`, `held_by_record`, `asked_twice`, or Refusal `already_asked`
    while another set is open.
    """
    _refuse_wrong(questions)
    if open_pause(case) is not None:
        raise Refusal(
            "already_asked",
            "Questions are open already; one set at a time.",
            remedy="Wait for the answers.",
        )
    pause = Pause.objects.create(
        case=case, status_before=Status(case.status).value, asked_by=by, asked_at=at
    )
    Question.objects.bulk_create(
        Question(
            pause=pause,
            case=case,
            fact=question.fact,
            text=question.text,
            why=question.why,
            asked_by=by,
            asked_at=at,
        )
        for question in questions
    )
    return pause


def open_pause(case: Case) -> Pause | None:
    """The pause that is open, if any."""
    return Pause.objects.filter(case=case, ended_at__isnull=True).first()


def open_questions(case: Case) -> list[Question]:
    """Questions that wait for an answer, in the order in which they were asked."""
    return list(
        Question.objects.filter(
            case=case, pause__ended_at__isnull=True, answered_at__isnull=True
        ).order_by("pk")
    )


@transaction.atomic
def answer_questions(
    case: Case,
    answers: Mapping[int, object],
    *,
    by: User,
    version: int,
    at: datetime,
) -> bool:
    """Answer open questions by their id, all or none; whether the version of the case went up.

    An answer to a question about a fact is checked as that fact and becomes it. `unknown` is an
    answer. Raises Refusals naming each wrong one, or Refusal `unknown_question`, `stale_version`.
    """
    asked = {question.pk: question for question in open_questions(case)}
    _refuse_strangers(answers, asked)
    _refuse_wrong_words(answers, asked)
    facts = {asked[key].fact: value for key, value in answers.items() if asked[key].fact}
    checked = check_answers(facts, vocabulary=vocabulary_on(at.date()))
    for key, value in answers.items():
        question = asked[key]
        question.answer, question.answered_by, question.answered_at = value, by, at
    Question.objects.bulk_update(
        [asked[key] for key in answers], ["answer", "answered_by", "answered_at"]
    )
    return write_answers(case, checked, by=by, version=version, at=at)


def end_pause(case: Case, *, at: datetime) -> Status:
    """Close the open pause; the status before it. Raises Refusal `not_paused`, `unanswered`."""
    pause = open_pause(case)
    if pause is None:
        raise Refusal("not_paused", "No question is open.")
    if open_questions(case):
        raise Refusal("unanswered", "Some questions wait for an answer.", remedy="Answer them all.")
    drop_pause(case, at=at)
    return Status(pause.status_before)


def drop_pause(case: Case, *, at: datetime) -> None:
    """Close the open pause whatever is unanswered: the request was withdrawn or lapsed."""
    Pause.objects.filter(case=case, ended_at__isnull=True).update(ended_at=at)


def _refuse_wrong(questions: Sequence[NewQuestion]) -> None:
    found = [] if questions else [Refusal("no_question", "There is no question.", "questions")]
    facts = [question.fact for question in questions if question.fact]
    for place, question in enumerate(questions):
        where = f"questions[{place}]"
        found.extend(wrong_words(f"{where}.text", question.text, least=1, most=TEXT_LENGTH))
        found.extend(wrong_words(f"{where}.why", question.why, most=TEXT_LENGTH))
        if question.fact:
            found.extend(not_askable(question.fact, where=f"{where}.fact"))
        if facts.count(question.fact) > 1:
            found.append(Refusal("asked_twice", "This is asked twice.", f"{where}.fact"))
    if found:
        raise Refusals(found)


def _refuse_strangers(answers: Mapping[int, object], asked: Mapping[int, Question]) -> None:
    strangers = sorted(set(answers) - set(asked))
    if strangers or not answers:
        raise Refusal(
            "unknown_question",
            "This question is not open here.",
            "answers",
            "Look at the request again: it may be answered already.",
            found=", ".join(str(key) for key in strangers),
            valid=", ".join(str(key) for key in sorted(asked)),
        )


def _refuse_wrong_words(answers: Mapping[int, object], asked: Mapping[int, Question]) -> None:
    """An answer to a question about a fact is checked as that fact; any other one is a text."""
    found: list[Refusal] = []
    for key, value in answers.items():
        where = f"answers.{key}"
        if not asked[key].fact and isinstance(value, str):
            found.extend(wrong_words(where, value, least=1, most=TEXT_LENGTH))
        elif value is None or not asked[key].fact:
            remedy = "Answer in words; `unknown` is an answer too."
            found.append(Refusal("wrong_type", "This is no answer.", where, remedy))
    if found:
        raise Refusals(found)
