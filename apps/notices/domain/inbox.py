"""The inbox of a person: what there is, how much is new, and that it was seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from apps.accounts.models import User
from apps.notices.models import Notice

PAGE = 50


def inbox_of(user: User, *, limit: int = PAGE, skip: int = 0) -> list[Notice]:
    """The notices of a person, newest first; one query."""
    newest = Notice.objects.filter(to=user).order_by("-created_at", "-pk")
    return list(newest[skip : skip + limit])


def unseen_count(user: User) -> int:
    """How many notices of a person are new; one query."""
    return Notice.objects.filter(to=user, seen_at__isnull=True).count()


def mark_seen(user: User, *, at: datetime, only: Collection[int] | None = None) -> int:
    """Mark notices of a person as seen, all or only some; how many were new.

    The first instant stays. The notices of others are not touched, whatever their ids.
    """
    new = Notice.objects.filter(to=user, seen_at__isnull=True)
    if only is not None:
        new = new.filter(pk__in=only)
    return new.update(seen_at=at)
