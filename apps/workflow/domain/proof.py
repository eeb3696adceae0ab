"""What an event of history keeps of a determination: enough to find it and to prove it."""

from __future__ import annotations

from apps.screening.models import Determination


def told_of(made: Determination) -> dict[str, object]:
    """Digest, edition, figures and list versions of a determination."""
    return {
        "determination": made.digest,
        "edition": f"{made.edition_id} {made.edition_digest}",
        "open": made.open,
        "lists": [f"{entry['list']} {entry['version']}" for entry in made.lists],
    }
