"""The JSON Schema of a facts file (`facts/1`), made from the registry of facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from apps.engine.facts.registry import MEASURE, REGISTRY
from apps.engine.facts.shapes import NATIONALITY, Choice, Entry, ListOf, Nationalities, Record
from apps.engine.facts.types import (
    Country,
    Day,
    Flag,
    Identifier,
    Number,
    OneOf,
    Quantity,
    Region,
    Text,
)
from apps.rulebook.domain.schemas import parts
from apps.rulebook.domain.schemas.parts import Schema

BLOCKS = ("people", "organisations", "items")
_TEXT_OR_NUMBER: Schema = {"type": ["string", "number"]}  # 2026 and 3 are read as text too


def facts_schema() -> Schema:
    """A whole facts file."""
    schema = parts.record(
        {"format": {"const": "facts/1"}, "facts": facts_block()}, needed=("format", "facts")
    )
    return parts.titled("facts/1", {**schema, "$defs": {"long": parts.long_form()}})


def facts_block() -> Schema:
    """The block `facts`, as it also stands in golden cases."""
    fields: dict[str, object] = {name: parts.by_id(_fields(name)) for name in BLOCKS}
    fields["complete"] = parts.FLAG
    fields["activity"] = _fields("activity")
    fields["releases"] = parts.list_of(_fields("releases"))
    fields["papers"] = {"anyOf": [parts.list_of(_fields("papers")), parts.UNKNOWN]}
    return parts.record(fields)


def _fields(block: str) -> Schema:
    fields: dict[str, object] = {}
    control: dict[str, object] = {}
    for spec in REGISTRY:
        if spec.block == block and spec.field.startswith("control."):
            control[spec.field.removeprefix("control.")] = _value(spec.type)
        elif spec.block == block:
            fields[spec.field] = _value(spec.type)
    if control:
        fields["control"] = parts.by_id(parts.record(control))
        fields["measures"] = parts.by_id(_value(MEASURE.type))
    return parts.record(fields)


def _value(kind: object) -> Schema:
    return parts.known_or_unknown(schema_of(kind))


@singledispatch
def schema_of(kind: object) -> Schema:
    """The schema of one type of fact. Raises TypeError for a type that has none yet."""
    raise TypeError(f"{type(kind).__name__} has no schema")


@schema_of.register
def _(_kind: Flag) -> Schema:
    return parts.FLAG


@schema_of.register
def _(kind: Text) -> Schema:
    return {**_TEXT_OR_NUMBER, "maxLength": kind.most}


@schema_of.register
def _(_kind: Identifier) -> Schema:
    return _TEXT_OR_NUMBER


@schema_of.register
def _(_kind: Entry) -> Schema:
    return _TEXT_OR_NUMBER


@schema_of.register
def _(kind: OneOf) -> Schema:
    return parts.one_of(kind.values)


@schema_of.register
def _(_kind: Country) -> Schema:
    return parts.COUNTRY


@schema_of.register
def _(_kind: Region) -> Schema:
    return parts.TEXT


@schema_of.register
def _(_kind: Day) -> Schema:
    return parts.DAY


@schema_of.register
def _(_kind: Number) -> Schema:
    return parts.NUMBER


@schema_of.register
def _(_kind: Quantity) -> Schema:
    long: Mapping[str, object] = {"value": parts.NUMBER, "unit": parts.TEXT}
    return {"anyOf": [parts.TEXT, parts.record(long, needed=long)]}


@schema_of.register
def _(kind: ListOf) -> Schema:
    part = _value(kind.of)
    several: Schema = {**parts.list_of(part), "maxItems": kind.most}
    return {"anyOf": [several, part]} if kind.alone else several


@schema_of.register
def _(kind: Record) -> Schema:
    fields = {name: _value(part) for name, part in kind.fields.items()}
    return parts.record(fields, needed=kind.needed)


@schema_of.register
def _(_kind: Nationalities) -> Schema:
    return parts.list_of(_value(NATIONALITY))


@schema_of.register
def _(kind: Choice) -> Schema:
    return {"anyOf": [schema_of(kind.first), schema_of(kind.other)]}
