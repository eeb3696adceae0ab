"""Asks every gate of the project, as those do who take a change."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from collabscreen.gates.every import gates
from collabscreen.gates.gate import ask_all


class Command(BaseCommand):
    """Ends with 0 only when every gate asked is open."""

    help = "Ask every gate (or the named ones) and print each with its seconds."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Names of gates, and names to leave out."""
        names = [gate.name for gate in gates()]
        parser.add_argument("names", nargs="*", metavar="GATE", help=", ".join(names))
        parser.add_argument("--without", action="append", default=[], choices=names)

    def handle(self, *, names: list[str], without: list[str], **_: object) -> None:
        """Raises CommandError when a gate stays shut, or for a name no gate has."""
        known = {gate.name: gate for gate in gates()}
        unknown = sorted(set(names) - set(known))
        if unknown:
            raise CommandError(f"No such gate: {', '.join(unknown)}.", returncode=2)
        asked = [known[name] for name in (names or known) if name not in without]
        shut = []
        for verdict in ask_all(asked):
            mark = "ok  " if verdict.passed else "SHUT"
            self.stdout.write(f"{mark} {verdict.name:<12}{verdict.seconds:7.1f} s")
            for finding in verdict.findings:
                self.stdout.write(f"       {finding}")
            if not verdict.passed:
                shut.append(verdict.name)
        self.stdout.write(f"{len(asked) - len(shut)} open, {len(shut)} shut")
        if shut:
            raise CommandError(f"Shut: {', '.join(shut)}.")
