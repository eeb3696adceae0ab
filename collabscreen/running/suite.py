"""How the suite is run: on all cores as a whole, in one process when a part is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
CHOOSING = ("-n", "-m", "-k", "-x", "--lf", "--ff", "--pdb", "--collect-only", "--co")


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """What pytest is told: all cores for the whole suite, one process for a chosen part."""
    chosen = any(
        argument.startswith(CHOOSING) or Path(argument.partition("::")[0]).exists()
        for argument in given
    )
    return [*given] if chosen else [*ON_ALL_CORES, *given]
