"""The API promises what is written down: the OpenAPI document against its snapshot."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from collabscreen.env import BASE_DIR

SNAPSHOT = BASE_DIR / "fixtures" / "schemas" / "openapi.yaml"
SHOWN_LINES = 40


def differences(snapshot: Path = SNAPSHOT) -> Iterator[str]:
    """What changed against the snapshot, as lines of a unified diff."""
    drawn = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=drawn)
    kept = snapshot.read_text(encoding="utf-8") if snapshot.exists() else ""
    changed = difflib.unified_diff(
        kept.splitlines(), drawn.getvalue().splitlines(), "promised", "drawn", lineterm="", n=1
    )
    yield from list(changed)[:SHOWN_LINES]
