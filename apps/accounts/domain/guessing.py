"""Guessing passwords is slow: failed attempts are counted for a minute, by account and address."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

from django.core.cache import cache

MINUTE: Final = 60
MOST_ON_ACCOUNT: Final = 5  # failed attempts on one account from one address
MOST_FROM_ADDRESS: Final = 30  # failed attempts from one address on any account


def may_try(email: str, *, address: str) -> bool:
    """Whether somebody may try to sign in now. An attempt elsewhere locks nobody out here."""
    limits = zip(_keys(email, address), (MOST_ON_ACCOUNT, MOST_FROM_ADDRESS), strict=True)
    return all(cache.get(key, 0) < most for key, most in limits)


def note_failure(email: str, *, address: str) -> None:
    """Count an attempt that failed."""
    for key in _keys(email, address):
        cache.add(key, 0, MINUTE)
        with suppress(ValueError):  # the minute ended between these two lines
            cache.incr(key)


def _keys(email: str, address: str) -> tuple[str, str]:
    """Digests: what one cache keeps, others may read."""
    account = f"{email.strip().lower()} {address}"
    return f"guessing:account:{_digest(account)}", f"guessing:address:{_digest(address)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
