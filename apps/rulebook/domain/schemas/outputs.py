"""The JSON Schema of what commands print (`collabscreen/1`); it only grows."""

from __future__ import annotations

from apps.engine.outcomes import KINDS
from apps.rulebook.domain.rule_files import STAGES
from apps.rulebook.domain.schemas import parts
from apps.rulebook.domain.schemas.golden import TIERS
from apps.rulebook.domain.schemas.parts import Schema

_ANY: Schema = {}
_TEXTS = parts.list_of(parts.TEXT)
_RESULTS = ("fired", "silent", "unknown", "not_reached")


def outputs_schema() -> Schema:
    """The envelope; `result` follows from `command`."""
    fields: dict[str, object] = {
        "format": {"const": "collabscreen/1"},
        "command": parts.TEXT,
        "ok": parts.FLAG,
        "on": {"anyOf": [parts.DAY, {"type": "null"}]},
        "edition": {"anyOf": [_open({"id": parts.TEXT, "digest": parts.TEXT}), {"type": "null"}]},
        "lists": parts.list_of(_list()),
        "errors": parts.list_of(_error()),
        "result": {"type": "object"},
    }
    by_command = [
        {
            "if": {"properties": {"command": {"const": name}, "ok": {"const": True}}},
            "then": {"properties": {"result": schema}},
        }
        for name, schema in (
            ("determine", _determination()),
            ("golden", _golden()),
            ("facts", _facts()),
        )
    ]
    return parts.titled(
        "collabscreen/1",
        {**_open(fields), "allOf": by_command, "$defs": {"trace": _trace()}},
    )


def _open(fields: dict[str, object]) -> Schema:
    """All of these keys, and whatever is added later."""
    return parts.record(fields, needed=fields, closed=False)


def _list() -> Schema:
    texts = dict.fromkeys(("list", "version", "digest", "as_of"), parts.TEXT)
    return _open({**texts, "fresh": parts.FLAG})


def _error() -> Schema:
    texts = ("code", "file", "path", "found", "valid", "message", "remedy")
    line: Schema = {"type": ["integer", "null"]}
    return _open({**dict.fromkeys(texts, parts.TEXT), "line": line})


def _determination() -> Schema:
    return _open(
        {
            "outcome": parts.OUTCOME,
            "open": parts.COUNT,
            "tier": parts.one_of(TIERS),
            "route": _open({"office": parts.TEXT, "desk": parts.TEXT, "why": _TEXTS}),
            "digest": parts.TEXT,
            "exposures": parts.list_of(_exposure()),
            "recognised": parts.list_of({"type": "object"}),
            "consulted": _open(dict.fromkeys(("rules", "rows", "lists"), _TEXTS)),
        }
    )


def _exposure() -> Schema:
    texts = dict.fromkeys(("key", "release", "who", "what"), parts.TEXT)
    return _open({**texts, "regimes": parts.list_of(_cell())})


def _cell() -> Schema:
    pair: Schema = {**parts.list_of(parts.OUTCOME), "minItems": 2, "maxItems": 2}
    term = dict.fromkeys(("id", "text", "due", "citation"), parts.TEXT)
    question: dict[str, object] = dict.fromkeys(("fact", "ask", "why"), parts.TEXT)
    return _open(
        {
            "regime": parts.TEXT,
            "outcome": parts.OUTCOME,
            "kind": parts.one_of(KINDS),
            "possible": {"anyOf": [pair, {"type": "null"}]},
            "conditions": parts.list_of(_open(dict(term))),
            "alternatives": parts.list_of(parts.OUTCOME),
            "to_confirm": _TEXTS,
            "changes": parts.list_of(
                _open({"on": parts.DAY, "outcome": parts.OUTCOME, "because": parts.TEXT})
            ),
            "questions": parts.list_of(
                _open({**question, "settles": parts.list_of(parts.OUTCOME)})
            ),
            "levers": parts.list_of({"type": "object"}),
            "rules": parts.list_of(_rule()),
        }
    )


def _rule() -> Schema:
    texts = dict.fromkeys(("id", "citation", "because"), parts.TEXT)
    trace: Schema = {"anyOf": [{"$ref": "#/$defs/trace"}, {"type": "null"}]}
    fields = {"stage": parts.one_of(STAGES), "result": parts.one_of(_RESULTS), "trace": trace}
    return _open({**texts, **fields})


def _trace() -> Schema:
    texts = dict.fromkeys(("fact", "source", "as_of"), parts.TEXT)
    return {
        **_open({"op": parts.TEXT, "result": {"enum": [True, False, "unknown", "undetermined"]}}),
        "properties": {
            "op": parts.TEXT,
            "result": {"enum": [True, False, "unknown", "undetermined"]},
            "text": parts.TEXT,
            "reads": parts.list_of(_open({**texts, "value": _ANY})),
            "children": parts.list_of({"$ref": "#/$defs/trace"}),
        },
    }


def _golden() -> Schema:
    failure = dict.fromkeys(("key", "regime", "what"), parts.TEXT)
    overall: dict[str, object] = {
        "outcome": {"anyOf": [parts.OUTCOME, {"type": "null"}]},
        "open": {"type": ["integer", "null"]},
    }
    case = _open(
        {
            **dict.fromkeys(("id", "name", "file"), parts.TEXT),
            "passed": parts.FLAG,
            "overall": _open(overall),
            "failures": parts.list_of(_open({**failure, "expected": _ANY, "found": _ANY})),
        }
    )
    return _open(
        {
            "passed": parts.COUNT,
            "failed": parts.COUNT,
            "cases": parts.list_of(case),
            "rules_without_hit": _TEXTS,
            "rules_without_miss": _TEXTS,
        }
    )


def _facts() -> Schema:
    texts = dict.fromkeys(("name", "type", "unit", "ask", "why", "legal_basis"), parts.TEXT)
    fact = _open({**texts, "values": _TEXTS, "privacy": parts.COUNT, "readers": _TEXTS})
    return _open({"facts": parts.list_of(fact)})
