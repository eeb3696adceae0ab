"""Turns the sentence of a condition round, so that a trace says what was found."""

from __future__ import annotations

from typing import Final

# What a sentence says where it holds, and where it does not; the first that fits is taken.
_TURNS: Final = (
    ("no other reason for control than ", "another reason for control than "),
    ("a reason for control is marked", "no reason for control is marked"),
    ("a reason for control among ", "no reason for control among "),
    ("none of ", "one of "),
    ("the country chart marks a ", "the country chart marks no "),
    ("a destination rule reaches ", "no destination rule reaches "),
    ("an employer is listed", "no employer is listed"),
    ("one of the ", "none of the "),
    ("all of the ", "not all of the "),
    ("at least ", "fewer than "),
    ("not ", ""),
)
_INSIDE: Final = (
    (" is one of ", " is none of "),
    (" hold ", " do not hold "),
    (" is ", " is not "),
)


def turned(text: str) -> str:
    """The sentence that holds where this one does not."""
    for begun, other in _TURNS:
        if text.startswith(begun):
            return other + text.removeprefix(begun)
    for inside, other in _INSIDE:
        if inside in text:
            return text.replace(inside, other, 1)
    return f"not {text}"
