"""Prints the registry of facts: what may be known of a case, why it is asked, who reads it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusals
from apps.rulebook.domain.readers import describe_facts
from apps.rulebook.domain.shipped import FOLDER, shipped_edition

REFUSED = 2


class Command(BaseCommand):
    """The readers are the rules of the rulebook on disk; no database is needed."""

    help = "List every fact with its type, why it is asked and the rules that read it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--rulebook and --json."""
        parser.add_argument("--rulebook", type=Path, default=FOLDER, help="folder of the rulebook")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, rulebook: Path, **options: object) -> None:
        """Raises SystemExit 2 where the rulebook cannot be read."""
        try:
            edition = shipped_edition(rulebook)
        except Refusals as refused:
            if options["json"]:
                envelope = Envelope(command="facts", result={}, errors=refused.items)
                self.stdout.write(envelope.as_json())
            self.stderr.write("\n".join(str(item) for item in refused.items))
            sys.exit(REFUSED)
        facts = describe_facts(edition)
        if options["json"]:
            named = {"id": edition.id, "digest": edition.digest}
            envelope = Envelope(command="facts", result={"facts": facts}, edition=named)
            self.stdout.write(envelope.as_json())
        else:
            self.stdout.write("\n".join(_line(fact) for fact in facts))


def _line(fact: dict[str, object]) -> str:
    readers = fact["readers"]
    count = len(readers) if isinstance(readers, list) else 0
    return f"{fact['name']} ({fact['type']}, read by {count}): {fact['ask']}"
