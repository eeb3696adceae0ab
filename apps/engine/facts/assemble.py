"""Builds a facts document from single answers, and checks one answer by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.engine.facts.registry import spec_for
from apps.engine.facts.types import UNKNOWN_VALUE, Reading, Vocabulary, unwrap
from apps.engine.refusal import Refusal, Refusals


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One answer: its path, its plain value, where it came from and as of when."""

    path: str
    value: object
    source: str = ""
    as_of: date | None = None


def check_value(path: str, value: object, *, vocabulary: Vocabulary | None = None) -> object:
    """The plain value if it may stand at the path; raises Refusals otherwise.

    `unknown` always may. The value is returned as it came, so that it can be stored and read again.
    """
    spec = spec_for(path)
    if spec is None:
        raise Refusals(
            [
                Refusal(
                    "unknown_fact",
                    f"There is no fact at {path[:160]}.",
                    path[:160],
                    "Use a path of the registry of facts.",
                    path[:160],
                )
            ]
        )
    plain, _, _ = unwrap(value)
    if plain == "unknown":
        return value
    found: list[Refusal] = []
    read = spec.type.read(plain, path, Reading(vocabulary or Vocabulary(), found.append))
    if found:
        raise Refusals(found)
    return value if read is not UNKNOWN_VALUE else "unknown"


def assemble(entries: Iterable[FactEntry]) -> dict[str, object]:
    """The facts document that a set of answers makes; releases and papers become lists in order of
    id and kind.
    """
    document: dict[str, object] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        _place(document, entry)
    for block, naming in (("releases", "id"), ("papers", "kind")):
        keyed = document.get(block)
        if isinstance(keyed, Mapping):
            document[block] = [
                {naming: key, **_fields(f"{block}.{key}", fields)} for key, fields in keyed.items()
            ]
    return document


def _place(document: dict[str, object], entry: FactEntry) -> None:
    *parents, last = entry.path.split(".")
    branch = document
    for key in parents:
        below = branch.setdefault(key, {})
        branch = _fields(entry.path, below)
    branch[last] = _long(entry)


def _fields(path: str, value: object) -> dict[str, object]:
    """The facts below a path; raises Refusals where the path is said to be one itself."""
    if isinstance(value, dict):
        return value
    raise Refusals([Refusal("unknown_fact", f"There is no fact at {path}.", path)])


def _long(entry: FactEntry) -> object:
    if not entry.source and entry.as_of is None:
        return entry.value
    plain = entry.value
    written: dict[str, object] = {"value": plain, "source": entry.source}
    if isinstance(plain, Mapping) and set(plain) == {"value", "unit"}:
        written = {"value": plain["value"], "unit": plain["unit"], "source": entry.source}
    if entry.as_of is not None:
        written["as_of"] = entry.as_of.isoformat()
    return written
