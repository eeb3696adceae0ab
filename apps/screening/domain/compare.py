"""Whether a new determination is stricter than the last: then triage looks at it again."""

from __future__ import annotations

from apps.engine.outcomes import rank
from apps.screening.models import Determination


def stricter(before: Determination | None, after: Determination) -> bool:
    """A higher tier, a worse outcome, more left open, or lists that could not all be asked."""
    if before is None:
        return True
    return (
        after.tier > before.tier
        or _worse(before.outcome, after.outcome)
        or after.open > before.open
        or (before.lists_complete and not after.lists_complete)
    )


def _worse(before: str, after: str) -> bool:
    """An outcome that is no longer known counts as worse; one that became known does not."""
    if rank(before) < 0:
        return False
    return rank(after) < 0 or rank(after) > rank(before)
