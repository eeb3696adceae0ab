"""The API promises what is written down beside its endpoints, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from apps.api.snapshot import SNAPSHOT, drift


def differences() -> Iterator[str]:
    """Where the endpoints and what they promise part; nothing when they agree."""
    if found := drift():
        yield f"{SNAPSHOT.name} is out of step, {found}; look, then: manage.py api_schema --write"
