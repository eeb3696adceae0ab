"""The small law and its list, in force before any test asks."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.timezone import now

from apps.rulebook.domain.editions import _compiled, _rows
from tests.factories import law

LOADED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def enact() -> None:
    """Load the edition that decides, and the list that is searched."""
    _rows.cache_clear()
    _compiled.cache_clear()
    law.enact(LOADED)
    law.publish_list(now())
