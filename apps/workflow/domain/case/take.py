"""An officer takes a case into review."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Verb
from apps.routing.domain.assign import assign_officer
from apps.workflow.domain.transition import admit, move, whole


@whole
def take_case(case: Case, *, by: User, version: int, at: datetime) -> Case:
    """Take a case from triage into one's own hands.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`.
    """
    turn = admit(case, Verb.TAKE, by=by, version=version, at=at)
    assign_officer(case, by, by=by, at=at)
    move(turn, officer=by)
    return case
