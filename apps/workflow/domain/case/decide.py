"""One officer decides what one may: plain cases at triage, in review those up to tier two."""

from __future__ import annotations

from datetime import date, datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Decision, Guard, Status, Verb
from apps.engine.refusal import Refusal
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.outcome import settle
from apps.workflow.domain.situation import situation_of
from apps.workflow.domain.transition import Turn, admit, move, whole


@whole
def approve_case(
    case: Case, *, reason: str, until: date | None, by: User, version: int, at: datetime
) -> Case:
    """Approve a case of tier T0 or T1 at triage, until a last day.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`, `unmet_GUARD`.
    """
    turn = admit(case, Verb.APPROVE, by=by, version=version, at=at)
    _settle(turn, by, Ruling(outcome=Decision.APPROVE, reason=reason, until=until))
    return case


@whole
def decide_case(case: Case, ruling: Ruling, *, by: User, version: int, at: datetime) -> Case:
    """Decide a case in review where one person may: approve, with conditions, or refer.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`, `no_condition`, `unmet_GUARD`; a refusal is never one person's.
    """
    turn = admit(case, Verb.DECIDE, by=by, version=version, at=at)
    if ruling.outcome is Decision.REFUSE:
        raise Refusal(
            f"unmet_{Guard.ONE_REVIEWER_ENOUGH}",
            "A refusal needs two people: recommend it for countersignature.",
            where=Verb.DECIDE,
        )
    _settle(turn, by, ruling)
    return case


@whole
def refer_case(case: Case, *, reason: str, by: User, version: int, at: datetime) -> Case:
    """Put a case before an authority or a partner; its own clock runs there.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`.
    """
    turn = admit(case, Verb.REFER, by=by, version=version, at=at)
    _settle(turn, by, Ruling(outcome=Decision.REFER, reason=reason))
    return case


@whole
def record_reply(case: Case, *, reply: str, by: User, version: int, at: datetime) -> Case:
    """Put on record what an authority or a partner answered; review goes on with it.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `reason_required`.
    """
    turn = admit(case, Verb.RECORD_REPLY, by=by, version=version, at=at)
    move(turn, target=Status.IN_REVIEW, reason=reply)
    return case


def _settle(turn: Turn, by: User, ruling: Ruling) -> None:
    on = turn.at.date()
    situation = situation_of(turn.case, on=on, decision=ruling.outcome, until=ruling.until)
    settle(turn, ruling, by=by, situation=situation)
