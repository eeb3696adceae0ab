"""The JSON Schema of a rules file (`rules/1`)."""

from __future__ import annotations

from apps.engine.conditions import OPERATORS
from apps.engine.outcomes import KINDS
from apps.rulebook.domain.rule_files import NEEDED, STAGES
from apps.rulebook.domain.schemas import parts
from apps.rulebook.domain.schemas.parts import Schema
from apps.rulebook.domain.sources import CONFIDENCES

_CONDITION: Schema = {"$ref": "#/$defs/condition"}


def rules_schema() -> Schema:
    """A whole file."""
    fields: dict[str, object] = {
        "format": {"const": "rules/1"},
        "pack": parts.TEXT,
        "regime": parts.TEXT,
        "rules": parts.list_of(_rule()),
    }
    schema = parts.record(fields, needed=fields)
    return parts.titled("rules/1", {**schema, "$defs": {"condition": _condition()}})


def _condition() -> Schema:
    """A mapping with one operator; what may stand under it, the engine says."""
    return {
        "type": "object",
        "properties": {name: {} for name in OPERATORS},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _rule() -> Schema:
    texts = parts.list_of(parts.TEXT)
    return parts.record(
        {
            "id": parts.TEXT,
            "title": parts.TEXT,
            "stage": parts.one_of(STAGES),
            "when": _CONDITION,
            "outcome": parts.OUTCOME,
            "kind": parts.one_of(KINDS),
            "overcomes": texts,
            "conditions": parts.list_of(_term()),
            "demands": parts.TEXT,
            "reach": parts.TEXT,
            "preference": parts.NUMBER,
            "possible": texts,
            "lever": {"type": "object"},
            "reads_nationality": parts.record({"legal_basis": parts.TEXT}, needed=["legal_basis"]),
            "source": _source(),
            "because": parts.record({"fired": parts.TEXT, "silent": parts.TEXT}),
            "from": parts.DAY,
            "until": {"anyOf": [parts.DAY, {"const": "open"}]},
            "review_by": parts.DAY,
            "owner": parts.TEXT,
            "examples": parts.record({"hit": parts.TEXT, "miss": parts.TEXT}),
        },
        needed=NEEDED,
    )


def _term() -> Schema:
    return parts.record(
        {"id": parts.TEXT, "text": parts.TEXT, "met": _CONDITION, "due": parts.TEXT},
        needed=("id", "text"),
    )


def _source() -> Schema:
    texts = dict.fromkeys(("citation", "read", "as_of", "note"), parts.TEXT)
    return parts.record(
        {**texts, "confidence": parts.one_of(CONFIDENCES)},
        needed=("citation", "read", "confidence"),
    )
