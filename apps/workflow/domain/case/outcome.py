"""What a decision sets on a case: its end, its conditions, and who decided what and why."""

from __future__ import annotations

from collections.abc import Mapping

from apps.accounts.models import User
from apps.engine.guards import Situation
from apps.engine.lifecycle import DECIDED_AS, Decision
from apps.routing.domain.assign import end_assignment
from apps.screening.domain.opinions import APPROVING, write_decision
from apps.screening.domain.queries import standing_determination
from apps.screening.domain.ruling import Ruling
from apps.screening.models import Recommendation
from apps.workflow.domain.case.conditions import impose
from apps.workflow.domain.transition import Changes, Turn, move

ENDS = frozenset({Decision.APPROVE, Decision.REFUSE})
NOTHING_MORE: Mapping[str, object] = {}


def settle(
    turn: Turn,
    ruling: Ruling,
    *,
    by: User,
    situation: Situation,
    recommendation: Recommendation | None = None,
    told: Mapping[str, object] = NOTHING_MORE,
) -> None:
    """Move a case to what was decided and record the decision; an approval has its last day.

    Raises Refusal as `move` does, and `no_condition`.
    """
    case, read = turn.case, standing_determination(turn.case)
    changes: Changes = {"due_on": None}
    if ruling.outcome in APPROVING and ruling.until is not None:
        changes["approved_until"] = ruling.until
    move(
        turn,
        target=DECIDED_AS[ruling.outcome],
        reason=ruling.reason,
        situation=situation,
        told={"decision": ruling.outcome, "determination": read.digest, **told},
        **changes,
    )
    if ruling.outcome is Decision.APPROVE_WITH_CONDITIONS:
        impose(case, read, ruling.conditions, by=by, at=turn.at)
    if ruling.outcome in ENDS:
        end_assignment(case, at=turn.at)
    write_decision(read, ruling, by=by, at=turn.at, recommendation=recommendation)
