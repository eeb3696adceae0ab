"""Runs the tests; what follows on the command line goes to pytest."""

from __future__ import annotations

import os
import sys

from django.core.management.base import BaseCommand

from collabscreen.running.suite import pytest_arguments


class Command(BaseCommand):
    """In place of Django's own test command."""

    help = "Run the tests with pytest; every argument is passed on to it."

    def run_from_argv(self, argv: list[str]) -> None:
        """Become pytest: in this process Django is set up already, and coverage would miss it."""
        command = [sys.executable, "-m", "pytest", *pytest_arguments(argv[2:])]
        os.execv(sys.executable, command)  # noqa: S606  our own interpreter, no shell
