"""Opening a request: the draft, its number, and the delegate who may work on it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from apps.accounts.domain.actors import actor_name
from apps.accounts.domain.queries import delegation_of
from apps.accounts.models import Institution, User
from apps.audit.domain.record import record
from apps.cases.domain.changes import case_subject
from apps.cases.domain.numbering import next_reference
from apps.cases.domain.sharing import share_case
from apps.cases.domain.words import wrong_words
from apps.cases.enums import CaseKind, ShareScope
from apps.cases.models import Case
from apps.cases.models.case import TITLE_LENGTH
from apps.engine.refusal import Refusal, Refusals


@transaction.atomic
def open_draft(
    *,
    kind: CaseKind,
    by: User,
    at: datetime,
    title: str = "",
    owner: User | None = None,
) -> Case:
    """A new draft of `owner`, who is `by` unless `by` is the owner's delegate on that day.

    Raises Refusal `no_institution` or `not_a_delegate`, Refusals for a title that cannot stand.
    """
    if wrong := wrong_words("title", title, most=TITLE_LENGTH):
        raise Refusals(wrong)
    person = owner or by
    ends = _delegation_end(person, by, at.date())
    case = Case.objects.create(
        reference=next_reference(at.year),
        kind=kind.value,
        title=title,
        owner=person,
        institution=_institution_of(person),
        unit=person.unit,
        created_at=at,
        created_by=by,
        changed_at=at,
    )
    record(
        subject=case_subject(case),
        verb="open_draft",
        by=actor_name(by),
        at=at,
        payload={"kind": case.kind},
    )
    if ends is not None:
        share_case(case, by, scope=ShareScope.EDIT, since=at.date(), until=ends, by=by, at=at)
    return case


def _delegation_end(owner: User, by: User, on: date) -> date | None:
    if owner.pk == by.pk:
        return None
    lent = delegation_of(by, principal=owner, on=on)
    if lent is None:
        raise Refusal(
            "not_a_delegate",
            f"{owner} has not named you as delegate.",
            "owner",
            "Ask for it, or open the request in your own name.",
        )
    return lent.until


def _institution_of(person: User) -> Institution:
    if person.institution is None:
        raise Refusal(
            "no_institution",
            "A request needs the institution that hosts.",
            "owner",
            "Ask the office to put the institution on your record.",
        )
    return person.institution
