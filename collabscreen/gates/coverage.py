"""Tests reach what decides: every branch of the core, and nearly all of the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from collabscreen.env import BASE_DIR
from collabscreen.gates.gate import Findings
from collabscreen.running.suite import pytest_arguments

OVERALL = 95.0
EVERY_BRANCH = ("apps/engine/", "apps/audit/", "apps/cases/domain/access.py")


def uncovered(*chosen: str) -> Findings:
    """Run the suite, or a chosen part, under coverage; what failed or was not reached."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        # Who measures us here must not measure the suite, which measures itself.
        kept = {key: told for key, told in os.environ.items() if not key.startswith("COVERAGE_")}
        done = subprocess.run(  # noqa: S603  words of our own
            [
                *(sys.executable, "-m", "pytest", "-q", *pytest_arguments(chosen)),
                *("--cov=apps", "--cov=collabscreen", "--cov-branch", "--no-cov-on-fail"),
                *("--cov-report=", f"--cov-report=json:{report}"),
            ],
            cwd=BASE_DIR,
            env=kept | {"COVERAGE_FILE": str(Path(folder) / "data")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not report.exists():
            return f"{done.stdout}{done.stderr}".splitlines()[-40:]
        return list(judge(json.loads(report.read_text(encoding="utf-8"))))


def judge(report: Mapping[str, Any]) -> Iterator[str]:
    """What a report of coverage.py lacks against the thresholds."""
    overall = report["totals"]["percent_covered"]
    if overall < OVERALL:
        yield f"all: {overall:.1f} % of lines and branches, at least {OVERALL:.0f} %"
    for file, told in sorted(report["files"].items()):
        if not file.startswith(EVERY_BRANCH):
            continue
        if told["missing_lines"] or told.get("missing_branches"):
            yield f"{file}: lines {told['missing_lines']}, branches {told['missing_branches']}"
