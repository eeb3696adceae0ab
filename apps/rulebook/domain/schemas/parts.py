"""Small pieces of JSON Schema that every format is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
COUNTRY: Schema = {"type": "string", "pattern": "^[A-Z]{2}$"}
NUMBER: Schema = {"type": "number"}
UNKNOWN: Schema = {"const": "unknown"}
OUTCOME: Schema = {
    "type": "string",
    "pattern": (
        "^(excluded|no_licence_required|authorised:.+|exception:.+|licence_required|"
        "policy_of_denial|prohibited|needs_information|undetermined)$"
    ),
}


def record(
    fields: Mapping[str, object], *, needed: Iterable[str] = (), closed: bool = True
) -> Schema:
    """A mapping of named values; `closed` refuses others."""
    schema: Schema = {"type": "object", "properties": dict(fields), "required": sorted(needed)}
    if closed:
        schema["additionalProperties"] = False
    return schema


def list_of(part: Schema) -> Schema:
    """A list of one kind of value."""
    return {"type": "array", "items": part}


def by_id(part: Schema) -> Schema:
    """A mapping from ids to one kind of value."""
    return {"type": "object", "additionalProperties": part}


def one_of(words: Iterable[str]) -> Schema:
    """One word of a closed list."""
    return {"enum": list(words)}


def known_or_unknown(part: Schema) -> Schema:
    """A value, the word unknown, or the long form with source and date."""
    return {"anyOf": [part, UNKNOWN, {"$ref": "#/$defs/long"}]}


def long_form() -> Schema:
    """`{value: 400, unit: Wh/kg, source: "data sheet", as_of: 2026-10-01}`."""
    return record({"value": {}, "unit": TEXT, "source": TEXT, "as_of": DAY}, needed=("value",))


def titled(title: str, schema: Schema) -> Schema:
    """A whole schema with its draft and title."""
    return {"$schema": DRAFT, "title": title, **schema}
