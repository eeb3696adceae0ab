"""Runs golden cases against the rulebook on disk; no database is needed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from apps.engine.edition import Edition
from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.golden.run import CaseResult, Run, run_golden
from apps.rulebook.domain.shipped import FIXTURES, FOLDER, shipped_edition

DONE, FAILED, REFUSED = 0, 1, 2


class Command(BaseCommand):
    """Exit 0 when every case passed, 1 when one failed, 2 when nothing could be run."""

    help = "Run the golden cases of a folder and say which passed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path, --regime, --rulebook and --json."""
        parser.add_argument("--path", type=Path, default=FIXTURES / "golden", help="folder or file")
        parser.add_argument("--regime", default="", help="only the cases of this regime")
        parser.add_argument("--rulebook", type=Path, default=FOLDER, help="folder of the rulebook")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: Path, regime: str, rulebook: Path, **options: object) -> None:
        """Raises SystemExit with the exit code of the run."""
        edition: Edition | None = None
        run = Run()
        errors: list[Refusal] = []
        try:
            edition = shipped_edition(rulebook)
            run = run_golden(path, edition, regime=regime)
            errors = run.refusals or ([] if run.cases else [_no_cases()])
        except Refusals as refused:
            errors = list(refused.items)
        if options["json"]:
            named = {"id": edition.id, "digest": edition.digest} if edition else None
            envelope = Envelope(
                command="golden", result=run.as_result(), edition=named, errors=errors
            )
            self.stdout.write(envelope.as_json())
        else:
            self._tell(run, errors)
        sys.exit(_code(run))

    def _tell(self, run: Run, errors: list[Refusal]) -> None:
        for refusal in errors:
            self.stderr.write(str(refusal))
        for case in run.cases:
            if not case.passed:
                self.stdout.write("\n".join(_lines(case)))
        self.stdout.write(f"{len(run.cases) - run.failed} passed, {run.failed} failed")


def _lines(case: CaseResult) -> list[str]:
    head = f"FAILED {case.file} {case.id}: {case.name}".rstrip(": ")
    return [head, *(
        f"  {failure.key or 'overall'} {failure.regime} {failure.what}: "
        f"expected {failure.expected}, found {failure.found}"
        for failure in case.failures
    )]  # fmt: skip


def _no_cases() -> Refusal:
    return Refusal(
        code="no_cases",
        what="No golden case was found.",
        where="--path",
        valid="a file or folder with at least one case",
        remedy="Give a folder with YAML files of golden cases, or another regime.",
    )


def _code(run: Run) -> int:
    if not run.cases:
        return REFUSED
    return FAILED if run.failed else DONE
