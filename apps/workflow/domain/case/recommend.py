"""An officer recommends a decision; where two people are needed it goes to countersignature."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.guards import two_needed
from apps.engine.lifecycle import Status, Verb
from apps.screening.domain.opinions import next_version, write_recommendation
from apps.screening.domain.queries import standing_determination
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.situation import situation_of
from apps.workflow.domain.transition import admit, move, whole


@whole
def recommend(case: Case, ruling: Ruling, *, by: User, version: int, at: datetime) -> Case:
    """Recommend with reasons and, for an approval, its last day; a change is a new version.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`, `unmet_GUARD`.
    """
    turn = admit(case, Verb.RECOMMEND, by=by, version=version, at=at)
    situation = situation_of(case, on=at.date(), decision=ruling.outcome, until=ruling.until)
    two = two_needed(situation.tier, ruling.outcome)
    read = standing_determination(case)
    move(
        turn,
        target=Status.AWAITING_COUNTERSIGN if two else Status.IN_REVIEW,
        reason=ruling.reason,
        situation=situation,
        told={
            "recommendation": str(next_version(case)),
            "decision": ruling.outcome,
            "determination": read.digest,
        },
    )
    write_recommendation(read, ruling, by=by, at=at)
    return case
