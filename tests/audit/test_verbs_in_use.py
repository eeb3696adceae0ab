"""Whatever any room records, the table of verbs knows, with its payload."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from apps.audit.domain.verbs import VERBS
from collabscreen.env import BASE_DIR


@dataclass(frozen=True)
class Recorded:
    """A call of `record` whose verb stands there in letters."""

    place: str
    verb: str
    payload: frozenset[str] | None

    def __str__(self) -> str:
        return self.place


def calls() -> Iterator[Recorded]:
    for file in sorted(Path(BASE_DIR, "apps").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from _recorded(node, node.func.id, file)


def _recorded(call: ast.Call, name: str, file: Path) -> Iterator[Recorded]:
    told = {word.arg: word.value for word in call.keywords}
    verb = told.get("verb")
    if name == "record" and isinstance(verb, ast.Constant):
        place = f"{file.relative_to(BASE_DIR)}:{call.lineno}"
        yield Recorded(place, str(verb.value), _keys(told["payload"]))


def _keys(payload: ast.expr) -> frozenset[str] | None:
    """The keys of a payload written out; None when it is made elsewhere or spread."""
    if not isinstance(payload, ast.Dict) or None in payload.keys:
        return None
    return frozenset(str(key.value) for key in payload.keys if isinstance(key, ast.Constant))


@pytest.mark.parametrize("recorded", [*calls()], ids=str)
def test_a_recorded_event_fits_the_table(recorded: Recorded) -> None:
    deed = VERBS[recorded.verb]
    if recorded.payload is not None:
        assert deed.needs.keys() <= recorded.payload
        assert recorded.payload <= deed.needs.keys() | deed.may.keys()
