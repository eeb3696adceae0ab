"""From which side somebody reads a case: notes between officers are not for its requester."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from apps.accounts.domain.permission import permissions_of
from apps.accounts.enums import OfficePermission
from apps.accounts.models import User
from apps.audit.domain.entry import Entry
from apps.audit.domain.history import events_of
from apps.cases.domain.access import share_of
from apps.cases.domain.changes import case_subject
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.engine.lifecycle import Relation
from apps.engine.refusal import Refusal
from apps.workflow.domain.standing import relations_of

REQUESTERS = frozenset({Relation.OWNER, Relation.DELEGATE})
#: Work inside the office: that it happened shows in what follows, not what was thought.
OFFICE_ONLY = frozenset({"adjudicate"})
#: Drafts of a decision: the requester reads that one was made, and its words once it is decided.
DRAFTS_OF_THE_OFFICE = frozenset({"recommend", "return"})
TOLD_OF_DRAFTS = frozenset({"from", "to", "version"})


def reads_for_office(person: User, case: Case, *, on: date) -> bool:
    """Whether somebody reads from the office's side: may view its cases, or advises on this one.

    Whoever stands on the requester's side of a case reads it as its requester, officer or not.
    """
    if relations_of(person, case, on=on) & REQUESTERS:
        return False
    held = permissions_of(person, on=on)
    if held.allows(OfficePermission.VIEW_CASES, case.office_id):
        return True
    return share_of(person, case, on=on) is ShareScope.ADVISE


def refuse_outside_office(person: User, case: Case, *, on: date) -> None:
    """Raise Refusal `not_allowed` for whoever does not read from the office's side."""
    if not reads_for_office(person, case, on=on):
        raise Refusal("not_allowed", "Only the office of the case reads this.")


def history_of(case: Case, *, office: bool) -> list[Entry]:
    """What happened to a case, oldest first, as one of the two sides may read it."""
    events = events_of(case_subject(case))
    if office:
        return events
    return [_for_requester(event) for event in events if event.verb not in OFFICE_ONLY]


def _for_requester(event: Entry) -> Entry:
    if event.verb not in DRAFTS_OF_THE_OFFICE:
        return event
    told = {name: value for name, value in event.payload.items() if name in TOLD_OF_DRAFTS}
    return replace(event, payload=told)
