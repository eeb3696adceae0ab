"""The command `audit_verify`: recompute all of history and say whether it is whole."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from apps.audit.domain.append_only import missing_triggers
from apps.audit.domain.extent import Extent, extent_of_history
from apps.audit.domain.findings import Finding
from apps.audit.domain.verify import verify


class Command(BaseCommand):
    """Exit 0: whole; 1: findings, or a guard of the tables is missing."""

    help = "Recompute the chains of history and their seals; name every row that was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--json` prints the envelope of every machine-readable answer."""
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )

    def handle(self, *_: object, **options: Any) -> None:
        """Verify, print, and leave with the exit code of the answer."""
        missing = missing_triggers(connection)
        found, extent = verify(), extent_of_history()
        if options["json"]:
            self.stdout.write(_as_json(found, missing, extent))
        else:
            self.stdout.write(_as_text(found, missing, extent))
        if found or missing:
            sys.exit(1)


def _as_json(found: Sequence[Finding], missing: Sequence[str], extent: Extent) -> str:
    envelope = {
        "format": "collabscreen/1",
        "command": "audit_verify",
        "ok": True,
        "on": timezone.localdate().isoformat(),
        "edition": None,
        "lists": [],
        "errors": [],
        "result": {
            "whole": not found,
            "findings": [finding.as_dict() for finding in found],
            "triggers_missing": list(missing),
            "extent": extent.as_dict(),
        },
    }
    return json.dumps(envelope, sort_keys=True, ensure_ascii=False)


def _as_text(found: Sequence[Finding], missing: Sequence[str], extent: Extent) -> str:
    seen = f"{extent.events} events of {extent.subjects} subjects, {extent.seals} seals"
    newest = f"; newest seal {extent.seal} of {extent.sealed_at}" if extent.seal else ""
    verdict = f"{len(found)} findings" if found else "history is whole"
    return "\n".join(
        [
            *(f"{one.subject} {one.seq}: {one.code}. {one.what}" for one in found),
            *(f"{name}: the trigger is missing; run migrate to put it back." for name in missing),
            f"{seen}{newest}: {verdict}",
        ]
    )
