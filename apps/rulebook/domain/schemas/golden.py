"""The JSON Schema of a file of golden cases (`golden/1`)."""

from __future__ import annotations

from apps.rulebook.domain.schemas import parts
from apps.rulebook.domain.schemas.facts import facts_block
from apps.rulebook.domain.schemas.parts import Schema

TIERS = ("T0", "T1", "T2", "T3", "T4")


def golden_schema() -> Schema:
    """A whole file."""
    fields: dict[str, object] = {"format": {"const": "golden/1"}, "cases": parts.list_of(_case())}
    schema = parts.record(fields, needed=fields)
    return parts.titled("golden/1", {**schema, "$defs": {"long": parts.long_form()}})


def _case() -> Schema:
    source = ("kind", "ref", "read", "confidence", "note")
    return parts.record(
        {
            "id": {"type": ["string", "number"]},
            "name": parts.TEXT,
            "on": parts.DAY,
            "regimes": parts.list_of(parts.TEXT),
            "source": parts.record({key: {"type": ["string", "number"]} for key in source}),
            "facts": facts_block(),
            "expect": parts.list_of(_expectation()),
            "overall": parts.record(
                {"outcome": _outcomes(), "open": parts.COUNT, "tier": parts.one_of(TIERS)}
            ),
        },
        needed=("id", "on", "facts"),
    )


def _expectation() -> Schema:
    texts = parts.list_of(parts.TEXT)
    selectors = dict.fromkeys(("release", "who", "what", "regime"), parts.TEXT)
    lists = dict.fromkeys(("conditions", "cites", "fires", "silent"), texts)
    return parts.record(
        {
            **selectors,
            **lists,
            "outcome": _outcomes(),
            "asks": parts.list_of({"anyOf": [parts.TEXT, texts]}),
            "questions": parts.COUNT,
        },
        needed=("outcome",),
    )


def _outcomes() -> Schema:
    return {"anyOf": [parts.OUTCOME, parts.list_of(parts.OUTCOME)]}
