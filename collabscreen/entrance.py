"""Hand a command line to Django, and turn a refusal into a few readable lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

from apps.engine.refusal import Refusal, Refusals

REFUSED = 2


def enter(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code: 2 when input or a setting was refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collabscreen.settings")
    try:
        execute_from_command_line(list(arguments))
    except Refusal as refusal:
        sys.stderr.write(f"{describe(refusal)}\n")
    except Refusals as refusals:
        sys.stderr.writelines(f"{describe(item)}\n" for item in refusals.items)
    else:
        return 0
    return REFUSED


def describe(refusal: Refusal) -> str:
    """What was wrong, where, what was found, what is valid and what to do, one under another."""
    lines = [f"{refusal.code}: {refusal}"]
    if refusal.found:
        lines.append(f"  found: {refusal.found}")
    if refusal.valid:
        lines.append(f"  valid: {refusal.valid}")
    return "\n".join(lines)
