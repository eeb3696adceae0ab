"""Refuses a time zone this machine does not know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError


def known_time_zone(name: str) -> None:
    """Accept names of the IANA time zone database only."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:  # a path, a folder, a stranger
        raise ValidationError(
            "%(name)s is no time zone.", params={"name": name}, code="unknown_time_zone"
        ) from error
