"""Tells those concerned that a case has moved; what they may read they find on the case itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from apps.accounts.domain.actors import Actor as Doer
from apps.accounts.domain.queries import holders_of
from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Role, Status, Step, Verb, public_name
from apps.notices.domain.notify import notify

TRIAGE = (Role.TRIAGE_OFFICER,)
SIGNERS = (Role.REVIEW_OFFICER, Role.EMPOWERED_OFFICIAL)
# What brings work to an office, and to whom there; a case that is in somebody's hands goes to them.
OFFICE_IS_TOLD: Mapping[Verb, tuple[Role, ...]] = {
    Verb.SCREENED: TRIAGE,
    Verb.REEXAMINE: TRIAGE,
    Verb.ANSWER: TRIAGE,
    Verb.RETURN: TRIAGE,
    Verb.RECORD_REPLY: TRIAGE,
    Verb.WITHDRAW: (),
    Verb.LAPSE: (),
}
REQUESTER_IS_TOLD = frozenset(
    {
        Status.TRIAGE,
        Status.SCREENING_INCOMPLETE,
        Status.AWAITING_REQUESTER,
        Status.CONDITIONS_PENDING,
        Status.APPROVED,
        Status.REFUSED,
        Status.REFERRED,
        Status.LAPSED,
    }
)


def tell(case: Case, made: Step, *, by: Doer, at: datetime) -> None:
    """Leave a notice for everybody whom a move concerns, except whoever made it."""
    told = public_name(Status(case.status), until=case.approved_until)
    for person in _concerned(case, made, on=at.date()):
        if person != by:
            notify(
                to=person,
                event=f"case.{made.move.verb}",
                subject=f"{case.reference}: {_heard(case, person, told)}",
                text=_text(case, person, told),
                url=case_url(case),
                key=f"{case.reference}:{case.version}:{person.public_id}",
                at=at,
            )


def case_url(case: Case) -> str:
    """Where a case is read, from the root of the site."""
    return f"/cases/{case.reference}/"


def _concerned(case: Case, made: Step, *, on: date) -> list[User]:
    people: dict[int, User] = {}
    if made.target is not made.move.source and made.target in REQUESTER_IS_TOLD:
        people[case.owner_id] = case.owner
    for person in _in_the_office(case, made, on=on):
        people.setdefault(person.pk, person)
    return list(people.values())


def _in_the_office(case: Case, made: Step, *, on: date) -> list[User]:
    if case.office is None:
        return []
    if made.target is Status.AWAITING_COUNTERSIGN:
        return [person for role in SIGNERS for person in holders_of(role, case.office, on=on)]
    if made.move.verb not in OFFICE_IS_TOLD:
        return []
    if case.officer is not None:
        return [case.officer]
    roles = OFFICE_IS_TOLD[made.move.verb]
    return [person for role in roles for person in holders_of(role, case.office, on=on)]


def _heard(case: Case, person: User, told: str) -> str:
    if person.pk == case.owner_id:
        return told
    return told.replace(public_name(Status.AWAITING_REQUESTER), "Waiting for the requester")


def _text(case: Case, person: User, told: str) -> str:
    whose = "Your request" if person.pk == case.owner_id else "The request"
    title = f" “{case.title}”" if case.title else ""
    return f"{whose} {case.reference}{title} now stands at: {_heard(case, person, told)}."
