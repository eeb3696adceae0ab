"""The requester hands a request in: frozen, checked, determined, routed, all or nothing."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.cases.domain.facts import facts_of
from apps.cases.models import Case
from apps.engine.guards import Situation
from apps.engine.lifecycle import Verb
from apps.screening.enums import Cause
from apps.workflow.domain.case.screen import screen_case
from apps.workflow.domain.readiness import refuse_nameless, releases_named
from apps.workflow.domain.transition import admit, move, whole


@whole
def submit_case(case: Case, *, by: User, version: int, at: datetime) -> Case:
    """Submit a draft: two moves in one transaction, submit by the person, screened by the system.

    Raises Refusal `stale_version`, `not_from_here`, `not_entitled`, `unmet_something_to_screen`;
    Refusals `name_missing` for parties that no list could be asked about, and whatever of the facts
    the edition in force cannot read. Nothing is kept of a submission that is refused.
    """
    turn = admit(case, Verb.SUBMIT, by=by, version=version, at=at)
    document = facts_of(case)
    refuse_nameless(document)
    move(
        turn,
        situation=Situation(on=at.date(), releases=releases_named(document)),
    )
    screen_case(case, cause=Cause.SUBMIT, at=at)
    return case
