"""One spelling for everything that is hashed: canonical JSON and its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from apps.engine.refusal import Refusal

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


def canonical(value: Json) -> str:
    """JSON with sorted keys and no blanks: equal values give equal text on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Json) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the canonical text."""
    return f"sha256:{hashlib.sha256(canonical(value).encode()).hexdigest()}"


def instant(at: datetime) -> str:
    """An instant in UTC with microseconds, whatever zone it was told in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: object, *, where: str = "payload") -> Json:
    """The value as JSON that both databases give back unchanged; dates and decimals become text.

    Raises Refusal `payload_not_plain` for what has no exact JSON form: binary fractions, sets,
    instants without a zone, keys that are no text, text that UTF-8 or PostgreSQL cannot hold.
    """
    match value:
        case Enum():
            return plain(value.value, where=where)
        case str():
            return _text(value, where=where)
        case None | bool() | int():
            return value
        case Mapping():
            return {
                _key(key, where=where): plain(part, where=f"{where}.{key}")
                for key, part in value.items()
            }
        case list() | tuple():
            return [plain(part, where=f"{where}[{at}]") for at, part in enumerate(value)]
        case datetime() if value.tzinfo is not None:
            return instant(value)
        case Decimal() | UUID():
            return str(value)
        case date() if not isinstance(value, datetime):
            return value.isoformat()
    raise _refused(value, where=where)


def _key(key: object, *, where: str) -> str:
    if not isinstance(key, str):
        raise _refused(key, where=where)
    return _text(key, where=where)


def _text(text: str, *, where: str) -> str:
    # PostgreSQL refuses the zero character, UTF-8 refuses half of a surrogate pair.
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise _refused(text, where=where)
    return str(text)


def _refused(value: object, *, where: str) -> Refusal:
    return Refusal(
        code="payload_not_plain",
        what="History keeps only values that read back exactly as written.",
        where=where,
        found=f"{type(value).__name__} {value!a}",
        valid="text, whole numbers, true, false, null, lists and mappings of them",
        remedy="Write a fraction or a date as text.",
    )
