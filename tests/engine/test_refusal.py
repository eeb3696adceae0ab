"""Refusals say what, where and how to mend it, and stand in every JSON answer alike."""

from __future__ import annotations

import pytest

from apps.engine.refusal import Refusal, Refusals

BARE = Refusal("unknown_country", "This is not a country code.")
WHOLE = Refusal(
    "unknown_country",
    "This is not a country code.",
    "people.lin.located_in",
    "Write two letters.",
    "XQ",
    "ISO 3166-1 alpha-2",
)


@pytest.mark.parametrize(
    ("refusal", "spoken"),
    [
        (BARE, "This is not a country code."),
        (WHOLE, "people.lin.located_in: This is not a country code. Write two letters."),
        (
            WHOLE.at(file="a.yaml", line=12),
            "a.yaml:12 at people.lin.located_in: This is not a country code. Write two letters.",
        ),
        (BARE.at(file="a.yaml", line=None), "a.yaml: This is not a country code."),
    ],
)
def test_a_refusal_is_spoken_with_its_place_first(refusal: Refusal, spoken: str) -> None:
    assert str(refusal) == spoken


def test_placing_a_refusal_leaves_the_first_one_as_it_was() -> None:
    placed = WHOLE.at(file="a.yaml", line=12)
    assert (placed.file, placed.line, placed.what) == ("a.yaml", 12, WHOLE.what)
    assert (WHOLE.file, WHOLE.line) == ("", None)


def test_a_refusal_stands_in_json_with_the_eight_keys_of_the_contract() -> None:
    assert WHOLE.at(file="a.yaml", line=12).as_dict() == {
        "code": "unknown_country",
        "file": "a.yaml",
        "line": 12,
        "path": "people.lin.located_in",
        "found": "XQ",
        "valid": "ISO 3166-1 alpha-2",
        "message": "This is not a country code.",
        "remedy": "Write two letters.",
    }


def test_many_refusals_are_raised_together_in_order() -> None:
    raised = Refusals(iter([BARE, WHOLE]))
    assert raised.items == (BARE, WHOLE)
    assert str(raised) == f"{BARE}; {WHOLE}"


def test_equal_refusals_are_one_in_a_set() -> None:
    assert len({BARE, Refusal("unknown_country", "This is not a country code.")}) == 1
