"""The command `audit_verify`: recompute all of history and say whether it is whole."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.audit.domain.append_only import missing_triggers
from apps.audit.domain.extent import Extent, extent_of_history
from apps.audit.domain.findings import Finding
from apps.audit.domain.verify import verify
from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal

NAME = "audit_verify"
NO, NOT_DONE = 1, 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, which guards of the tables are missing, and how much history there is."""

    findings: Sequence[Finding]
    missing: Sequence[str]
    extent: Extent

    @property
    def good(self) -> bool:
        """Whether history is whole and its tables are guarded."""
        return not self.findings and not self.missing

    def as_dict(self) -> dict[str, object]:
        """The `result` of the JSON answer."""
        return {
            "whole": not self.findings,
            "findings": [finding.as_dict() for finding in self.findings],
            "triggers_missing": list(self.missing),
            "extent": self.extent.as_dict(),
        }

    def as_text(self) -> str:
        """A line for each finding, and one that sums up."""
        size = self.extent
        seen = f"{size.events} events of {size.subjects} subjects, {size.seals} seals"
        newest = f"; newest seal {size.seal} of {size.sealed_at}" if size.seal else ""
        told = f"{len(self.findings)} findings" if self.findings else "history is whole"
        return "\n".join(
            [
                *(f"{one.subject} {one.seq}: {one.code}. {one.what}" for one in self.findings),
                *(f"{name}: trigger missing; migrate puts it back." for name in self.missing),
                f"{seen}{newest}: {told}",
            ]
        )


class Command(BaseCommand):
    """Exit 0: whole; 1: findings, or a guard of the tables is missing; 3: it cannot be read."""

    help = "Recompute the chains of history and their seals; name every row that was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--json` prints the envelope of every machine-readable answer."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_: object, **options: Any) -> None:
        """Verify, print, and leave with the exit code of the answer."""
        try:
            verdict = Verdict(verify(), missing_triggers(connection), extent_of_history())
        except DatabaseError as error:
            self._tell_unread(_unreadable(error), as_json=options["json"])
            sys.exit(NOT_DONE)
        envelope = Envelope(command=NAME, on=timezone.localdate(), result=verdict.as_dict())
        self.stdout.write(envelope.as_json() if options["json"] else verdict.as_text())
        if not verdict.good:
            sys.exit(NO)

    def _tell_unread(self, refusal: Refusal, *, as_json: bool) -> None:
        self.stderr.write(str(refusal))
        if as_json:
            told = Envelope(command=NAME, on=timezone.localdate(), errors=[refusal], result={})
            self.stdout.write(told.as_json())


def _unreadable(error: DatabaseError) -> Refusal:
    return Refusal(
        code="history_unreadable",
        what="The tables of history cannot be read.",
        found=str(error).strip(),
        valid="a database that answers and holds every migration",
        remedy="Check the database setting, then run migrate.",
    )
