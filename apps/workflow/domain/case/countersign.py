"""A second person signs under a recommendation, and with that the case is decided."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Decision, Verb
from apps.engine.refusal import Refusal
from apps.screening.domain.opinions import (
    conditions_in,
    latest_recommendation,
    write_signature,
)
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.outcome import settle
from apps.workflow.domain.situation import situation_of, under_signature
from apps.workflow.domain.transition import admit, move, whole


@whole
def countersign(case: Case, *, by: User, version: int, at: datetime, text: str = "") -> Case:
    """Sign under the version that stands; never its author, the requester or a party.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `nothing_recommended`, `unmet_GUARD`.
    """
    turn = admit(case, Verb.COUNTERSIGN, by=by, version=version, at=at)
    last = latest_recommendation(case)
    if last is None:
        raise Refusal("nothing_recommended", "There is no recommendation to sign.")
    ruling = Ruling(
        outcome=Decision(last.outcome),
        reason=last.text,
        until=last.until,
        conditions=conditions_in(last),
    )
    on = at.date()
    settle(
        turn,
        ruling,
        by=by,
        situation=under_signature(situation_of(case, on=on), last, signer=by, on=on),
        recommendation=last,
        told={"recommendation": str(last.version), "text": text},
    )
    write_signature(last, text=text, by=by, at=at)
    return case


@whole
def return_to_review(case: Case, *, reason: str, by: User, version: int, at: datetime) -> Case:
    """Give a recommendation back with a reason; changing it there makes a new version.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`.
    """
    turn = admit(case, Verb.RETURN, by=by, version=version, at=at)
    move(turn, reason=reason)
    return case
