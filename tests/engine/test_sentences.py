"""A sentence turned round says what was found where it does not hold."""

from __future__ import annotations

import pytest

from apps.engine.sentences import turned


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("not published", "published"),
        ("the country is in XA:B", "the country is not in XA:B"),
        ("the country is one of XA, XB", "the country is none of XA, XB"),
        ("one of the verbs is repair", "none of the verbs is repair"),
        ("all of the papers signed", "not all of the papers signed"),
        ("at least 2 of the verbs is repair", "fewer than 2 of the verbs is repair"),
        ("an employer is listed (XA-LIST)", "no employer is listed (XA-LIST)"),
        (
            "a reason for control is marked for the country",
            "no reason for control is marked for the country",
        ),
        ("none of MT is a reason for control", "one of MT is a reason for control"),
        (
            "listed parties (XA) hold 50 % or more of the host",
            "listed parties (XA) do not hold 50 % or more of the host",
        ),
        ("already published", "not already published"),
    ],
)
def test_a_sentence_is_turned_round(text: str, other: str) -> None:
    assert turned(text) == other
