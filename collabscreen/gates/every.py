"""Every gate of the project, the quick ones first."""

from __future__ import annotations

import os
import secrets

from collabscreen.gates import coverage, lifecycle, locks, openapi, sizes, sources
from collabscreen.gates.gate import Gate, by_command

# The check of a deployment needs a deployment: the least that one must say.
AS_IN_PRODUCTION = {
    "COLLABSCREEN_MODE": "production",
    "COLLABSCREEN_SECRET_KEY": secrets.token_urlsafe(64),
    "COLLABSCREEN_PUBLIC_URL": "https://screening.example.edu",
    "COLLABSCREEN_EMAIL_URL": "smtp://mail.example.edu",
}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"


def gates() -> tuple[Gate, ...]:
    """The gates in the order they are asked."""
    manage = ("-m", "collabscreen")
    return (
        Gate("top level", lambda: [f"stranger: {name}" for name in sources.strangers()]),
        Gate("lock", lambda: list(locks.stale_locks())),
        Gate("sizes", lambda: list(sizes.oversized(sources.python_files()))),
        Gate("lifecycle", lambda: list(lifecycle.faults())),
        by_command("style", "-m", "ruff", "check", "."),
        by_command("format", "-m", "ruff", "format", "--check", "."),
        by_command("imports", "-c", LINT_IMPORTS),
        by_command("migrations", *manage, "makemigrations", "--check", "--dry-run"),
        by_command(
            "deployment",
            *(*manage, "check", "--deploy", "--fail-level", "WARNING"),
            env=os.environ | AS_IN_PRODUCTION,
        ),
        Gate("openapi", lambda: list(openapi.differences())),
        by_command("types", "-m", "mypy"),
        by_command("mutants", *manage, "rules", "mutate"),
        Gate("coverage", coverage.uncovered),
    )
