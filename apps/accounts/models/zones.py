"""Refuses a time zone this machine does not know."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


def known_time_zone(name: str) -> None:
    """Accept names of the IANA time zone database only."""
    if name not in available_timezones():
        raise ValidationError(
            "%(name)s is no time zone.", params={"name": name}, code="unknown_time_zone"
        )
