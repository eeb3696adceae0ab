"""The requester ends a request: withdrawn once it was sent, discarded while it is a draft."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.cases.domain.questions import drop_pause
from apps.cases.models import Case
from apps.engine.lifecycle import Verb
from apps.routing.domain.assign import end_assignment
from apps.workflow.domain.transition import admit, move, whole


@whole
def withdraw_case(case: Case, *, by: User, version: int, at: datetime, reason: str = "") -> Case:
    """Take a request back, at any time before it is approved.

    Raises Refusal `stale_version`, `not_from_here`, `not_entitled`.
    """
    turn = admit(case, Verb.WITHDRAW, by=by, version=version, at=at)
    drop_pause(case, at=at)
    move(
        turn,
        reason=reason,
        due_on=None,
    )
    end_assignment(case, at=at)
    return case


@whole
def discard_case(case: Case, *, by: User, version: int, at: datetime) -> Case:
    """Throw a draft away. Raises Refusal `stale_version`, `not_from_here`, `not_entitled`."""
    turn = admit(case, Verb.DISCARD, by=by, version=version, at=at)
    move(
        turn,
    )
    return case
