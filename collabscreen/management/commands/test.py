"""Runs the tests; what follows on the command line goes to pytest."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand

ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
CHOOSING = ("-n", "-m", "-k", "-x", "--lf", "--ff", "--pdb", "--collect-only", "--co")


class Command(BaseCommand):
    """In place of Django's own test command."""

    help = "Run the tests with pytest; every argument is passed on to it."

    def run_from_argv(self, argv: list[str]) -> None:
        """Become pytest: in this process Django is set up already, and coverage would miss it."""
        command = [sys.executable, "-m", "pytest", *pytest_arguments(argv[2:])]
        os.execv(sys.executable, command)  # noqa: S606  our own interpreter, no shell


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """What pytest is told: all cores for the whole suite, one process for a chosen part."""
    chosen = any(
        argument.startswith(CHOOSING) or Path(argument.partition("::")[0]).exists()
        for argument in given
    )
    return [*given] if chosen else [*ON_ALL_CORES, *given]
