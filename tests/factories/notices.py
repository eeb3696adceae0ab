"""Notices for tests, left through the one door of the room."""

from __future__ import annotations

from datetime import UTC, datetime

from apps.accounts.models import User
from apps.notices.domain.notify import notify
from apps.notices.models import Notice

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
REFERENCE = "CS-2026-0042"


def told(to: User, *, key: str = "case:1", at: datetime = NOON, **change: str) -> Notice:
    """A notice about one request."""
    said = {
        "event": "case.ask",
        "subject": f"{REFERENCE}: Waiting for you",
        "text": "Which citizenship does Lin Wei hold?",
        "url": f"/cases/{REFERENCE}/",
    }
    return notify(to=to, key=key, at=at, **(said | change))
