"""The JSON Schemas are in step with the readers: what they accept, and what they refuse."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command

from apps.engine.facts.registry import REGISTRY
from apps.rulebook.domain.document import Value
from apps.rulebook.domain.reading import read_yaml_file
from apps.rulebook.domain.schemas import SCHEMAS
from apps.rulebook.domain.shipped import FIXTURES, FOLDER

NOT_RULES = {"edition.yaml", "sources.yaml", "charters.yaml", "checks.yaml"}


def validator(name: str) -> Any:
    schema = json.loads((FIXTURES / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def documents(folder: Path) -> Iterator[tuple[str, object]]:
    for path in sorted(folder.rglob("*.yaml")):
        if path.name not in NOT_RULES:
            yield path.name, plain(read_yaml_file(path, file=path.name).data)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_on_file_is_the_one_the_readers_make(name: str) -> None:
    text = (FIXTURES / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(text) == SCHEMAS[name]()


def test_the_command_writes_every_schema(tmp_path: Path) -> None:
    call_command("schemas", path=tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(SCHEMAS)


@pytest.mark.parametrize(("name", "folder"), [("rules", FOLDER), ("golden", FIXTURES / "golden")])
def test_every_shipped_file_is_valid(name: str, folder: Path) -> None:
    checked = validator(name)
    found = [
        (file, error.message)
        for file, text in documents(folder)
        for error in checked.iter_errors(text)
    ]
    assert found == []


def test_the_facts_of_a_schema_are_those_of_the_registry() -> None:
    blocks = validator("facts").schema["properties"]["facts"]["properties"]
    item = blocks["items"]["additionalProperties"]["properties"]
    control = item["control"]["additionalProperties"]["properties"]
    found = {f"items.{name}" for name in item} | {f"items.control.{name}" for name in control}
    for block in ("people", "organisations"):
        found |= {f"{block}.{name}" for name in blocks[block]["additionalProperties"]["properties"]}
    found |= {f"activity.{name}" for name in blocks["activity"]["properties"]}
    found |= {f"releases.{name}" for name in blocks["releases"]["items"]["properties"]}
    found |= {f"papers.{name}" for name in blocks["papers"]["anyOf"][0]["items"]["properties"]}
    assert found - {"items.control"} == {f"{spec.block}.{spec.field}" for spec in REGISTRY}


@pytest.mark.parametrize(
    "facts",
    [
        {"people": {"lin": {"citizenships": [{"country": "China"}]}}},
        {"people": {"lin": {"born_in": "CN"}}},
        {"persons": {}},
        {"activity": {"nature": "secret"}},
        {"items": {"x": {"control": {"US-EAR": "3E001"}}}},
        {"complete": "yes"},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(facts: object) -> None:
    assert not validator("facts").is_valid({"format": "facts/1", "facts": facts})


def test_what_may_be_written_long_or_unknown_is_valid() -> None:
    facts = {
        "people": {"lin": {"citizenships": "unknown", "permanent_residencies": {"value": []}}},
        "items": {"x": {"measures": {"energy": "400 Wh/kg", "range": {"value": 3, "unit": "km"}}}},
        "papers": "unknown",
    }
    assert validator("facts").is_valid({"format": "facts/1", "facts": facts})


def test_what_commands_print_is_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked = validator("outputs")
    shipped = FIXTURES / "golden"
    for command, arguments in (("facts", []), ("golden", [shipped]), ("golden", [tmp_path])):
        with contextlib.suppress(SystemExit):
            call_command(command, *(f"--path={path}" for path in arguments), "--json")
        printed = json.loads(capsys.readouterr().out)
        assert [error.message for error in checked.iter_errors(printed)] == []
