"""The one shape of every JSON answer of a command: `collabscreen/1` (formats, section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.engine.refusal import Refusal

FORMAT = "collabscreen/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a command answers. `lists` names the versions of the lists it searched."""

    command: str
    result: Mapping[str, object]
    on: date | None = None
    edition: Mapping[str, str] | None = None
    lists: Sequence[Mapping[str, object]] = ()
    errors: Iterable[Refusal] = ()

    def as_dict(self) -> dict[str, object]:
        """The answer as a plain mapping; `ok` is false exactly when there are errors."""
        errors = [refusal.as_dict() for refusal in self.errors]
        return {
            "format": FORMAT,
            "command": self.command,
            "ok": not errors,
            "on": self.on.isoformat() if self.on else None,
            "edition": dict(self.edition) if self.edition else None,
            "lists": [dict(part) for part in self.lists],
            "errors": errors,
            "result": self.result,
        }

    def as_json(self) -> str:
        """One line of JSON, keys sorted: equal answers give equal bytes."""
        text = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, default=_plain)
        return text.encode("utf-8", "backslashreplace").decode()  # half a character as its escape


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset | set):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    raise TypeError(f"{type(value).__name__} cannot stand in an answer")
