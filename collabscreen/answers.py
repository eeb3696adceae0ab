"""The one JSON object that a command prints when it is asked for one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from apps.engine.refusal import Refusal


def envelope(command: str, result: Mapping[str, object], *, errors: Sequence[Refusal] = ()) -> str:
    """The answer of a command without edition or lists: UTF-8 text with its keys in order."""
    whole = {
        "format": "collabscreen/1",
        "command": command,
        "ok": not errors,
        "errors": [error.as_dict() for error in errors],
        "result": result,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)
