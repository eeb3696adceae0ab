"""Answering the questions of a request, a page at a time; the first page opens it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from apps.accounts.domain.actors import actor_name
from apps.accounts.models import User
from apps.audit.domain.record import record
from apps.cases.domain.access import share_of
from apps.cases.domain.changes import advance, case_subject, write_answers
from apps.cases.domain.checking import check_answers
from apps.cases.domain.drafts import open_draft
from apps.cases.domain.vocabulary import vocabulary_on
from apps.cases.domain.words import wrong_words
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.cases.models.case import SUMMARY_LENGTH, TITLE_LENGTH
from apps.engine.lifecycle import Status
from apps.engine.refusal import Refusal, Refusals

__all__ = ["describe_case", "may_answer", "open_draft", "save_facts"]

# While the office works on a request its facts stand still: what is decided is what was read.
ANSWERABLE = frozenset({Status.DRAFT, Status.AWAITING_REQUESTER})


def may_answer(person: User, case: Case, *, on: date) -> bool:
    """Whether a person may write answers: the owner, or with whom it is shared to edit."""
    return person.pk == case.owner_id or share_of(person, case, on=on) is ShareScope.EDIT


@transaction.atomic
def save_facts(
    case: Case,
    facts: Mapping[str, object],
    *,
    by: User,
    version: int,
    at: datetime,
    source: str = "",
) -> Case:
    """Store answers by fact path, all or none; any part of the answers makes a valid draft.

    A value is plain or long (`{value, source, as_of}`), `unknown` says that it is not known, None
    takes the answer back. Nothing new changes nothing. Raises Refusals naming each wrong answer, or
    Refusal `not_yours_to_answer`, `not_answerable`, `stale_version`.
    """
    _refuse_unless_answerable(case, by, at)
    vocabulary = vocabulary_on(at.date())
    answers = check_answers(facts, source=source, vocabulary=vocabulary)
    write_answers(case, answers, by=by, version=version, at=at)
    return case


@transaction.atomic
def describe_case(
    case: Case, *, title: str, summary: str, by: User, version: int, at: datetime
) -> Case:
    """Name a request and tell in plain words what will be done.

    Raises Refusals `too_long`, `forbidden_character`, or Refusal `not_yours_to_answer`,
    `not_answerable`, `stale_version`.
    """
    _refuse_unless_answerable(case, by, at)
    wrong = [
        *wrong_words("title", title, most=TITLE_LENGTH),
        *wrong_words("summary", summary, most=SUMMARY_LENGTH),
    ]
    if wrong:
        raise Refusals(wrong)
    if (case.title, case.summary) == (title, summary):
        return case
    advance(case, version=version, at=at, title=title, summary=summary)
    record(
        subject=case_subject(case),
        verb="describe",
        by=actor_name(by),
        at=at,
        payload={"version": case.version},
    )
    return case


def _refuse_unless_answerable(case: Case, by: User, at: datetime) -> None:
    if not may_answer(by, case, on=at.date()):
        raise Refusal(
            "not_yours_to_answer",
            "Only its owner, and whom the owner lets, can change this request.",
            remedy="Ask the owner to share it with you for editing.",
        )
    if Status(case.status) not in ANSWERABLE:
        raise Refusal(
            "not_answerable",
            "The office is working on these answers, so they stand still.",
            "status",
            "Wait for a question of the office, or withdraw the request.",
            found=case.status,
        )
