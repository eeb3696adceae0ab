"""An officer settles what only a person can: whether a list hit is the party, what a fact is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from apps.accounts.models import User
from apps.cases.models import Case
from apps.engine.lifecycle import Status, Verb
from apps.engine.refusal import Refusal
from apps.screening.domain.hits import settle_hit
from apps.screening.enums import Cause, HitState
from apps.workflow.domain.case.redetermine import redetermine
from apps.workflow.domain.established import establish
from apps.workflow.domain.proof import told_of
from apps.workflow.domain.transition import Turn, admit, move, whole


@whole
def adjudicate_hit(
    case: Case,
    *,
    hit_id: int,
    state: HitState,
    reason: str,
    by: User,
    version: int,
    at: datetime,
) -> Case:
    """Confirm or dismiss a list hit; the new determination says where that leaves the case.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`, `unknown_hit`,
    `not_settled`, `reason_required`.
    """
    turn = admit(case, Verb.ADJUDICATE, by=by, version=version, at=at)
    settle_hit(case, hit_id, state=state, reason=reason, by=by, at=at)
    _move_on(turn, reason=reason)
    return case


@whole
def establish_facts(
    case: Case,
    *,
    facts: Mapping[str, object],
    reason: str,
    by: User,
    version: int,
    at: datetime,
) -> Case:
    """Put facts on record that the office knows better than the requester, as a classification.

    Raises Refusal `stale_version`, `not_from_here`, `conflicted`, `not_entitled`,
    `nothing_established`, `reason_required`; Refusals for each value that cannot stand.
    """
    turn = admit(case, Verb.ADJUDICATE, by=by, version=version, at=at)
    if not facts:
        raise Refusal("nothing_established", "No fact is given.", "facts", "Give at least one.")
    establish(case, facts, by=by, version=version, at=at)
    _move_on(turn, reason=reason, facts=sorted(facts))
    return case


def _move_on(turn: Turn, *, reason: str, facts: Sequence[str] = ()) -> None:
    case = turn.case
    still = Status(case.status)
    new = redetermine(case, cause=Cause.ADJUDICATION, otherwise=still, at=turn.at)
    move(
        turn,
        target=new.target,
        reason=reason,
        told={**told_of(new.made), "facts": list(facts)},
        outcome=new.made.outcome,
        tier=new.made.tier,
    )
