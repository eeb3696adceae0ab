"""Every command answers in one shape, with equal bytes for equal answers."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal


def test_an_answer_without_errors_is_ok() -> None:
    answer = Envelope(command="golden", result={"passed": 2})
    assert json.loads(answer.as_json()) == {
        "format": "collabscreen/1",
        "command": "golden",
        "ok": True,
        "on": None,
        "edition": None,
        "lists": [],
        "errors": [],
        "result": {"passed": 2},
    }


def test_an_answer_with_an_error_is_not_ok() -> None:
    refusal = Refusal("unknown_country", "Not a country.", "facts", file="x.yaml", line=3)
    answer = Envelope(
        command="determine",
        result={},
        on=date(2026, 11, 22),
        edition={"id": "a", "digest": "sha256:0"},
        lists=[{"list": "US-EL"}],
        errors=(refusal for refusal in [refusal]),
    )
    read = json.loads(answer.as_json())
    assert (read["ok"], read["on"], read["edition"]["id"]) == (False, "2026-11-22", "a")
    assert read["lists"] == [{"list": "US-EL"}]
    assert [(item["code"], item["line"]) for item in read["errors"]] == [("unknown_country", 3)]


def test_keys_are_sorted_and_values_are_plain() -> None:
    result = {
        "b": Decimal("2.50"),
        "a": date(2026, 1, 2),
        "d": {"y", "x"},
        "c": frozenset({2, 1}),
        "e": ("é", True, None),
    }
    text = Envelope(command="x", result=result).as_json()
    shown = text[text.index('"result": ') :]
    assert shown == (
        '"result": {"a": "2026-01-02", "b": "2.5", "c": [1, 2], "d": ["x", "y"], '
        '"e": ["é", true, null]}}'
    )


def test_what_is_not_plain_cannot_stand_in_an_answer() -> None:
    with pytest.raises(TypeError, match="object cannot stand in an answer"):
        Envelope(command="x", result={"a": object()}).as_json()


def test_half_a_character_stands_as_its_escape_so_that_the_answer_is_utf_8() -> None:
    refusal = Refusal("code", "No.", found="\udcff")
    text = Envelope(command="x", result={}, errors=[refusal]).as_json()
    assert text.encode("utf-8").count(b"\\udcff") == 1
    assert json.loads(text)["errors"][0]["found"] == "\udcff"
