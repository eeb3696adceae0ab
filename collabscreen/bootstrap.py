"""Make the environment a command needs, with the standard library alone."""

from __future__ import annotations


def ensure_environment() -> None:
    """Return inside an interpreter that has every package of requirements.txt."""
