"""Refuses texts and numbers that no database keeps as they came."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from apps.cases.exact import ExactDecoder, ExactEncoder
from apps.engine.refusal import Refusal

_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")  # a null, or half a character


def wrong_words(where: str, text: str, *, most: int, least: int = 0) -> list[Refusal]:
    """What is wrong with a text: `too_long`, `too_short`, `forbidden_character`; else nothing."""
    if _UNKEPT.search(text):
        what = "A text holds a null or half a character."
        return [Refusal("forbidden_character", what, where, "Take it out.")]
    size, valid = len(text), f"{least} to {most} characters"
    if size > most:
        what = f"This is longer than {most} characters."
        return [Refusal("too_long", what, where, "Shorten it.", str(size), valid)]
    if len(text.strip()) < least:
        return [Refusal("too_short", "Words are missing here.", where, valid=valid)]
    return []


def wrong_to_keep(where: str, value: object) -> list[Refusal]:
    """What of a plain value would not come back as it was given; usually nothing."""
    found = [
        refusal for text in _texts(value) for refusal in wrong_words(where, text, most=len(text))
    ]
    if not found and json.loads(json.dumps(value, cls=ExactEncoder), cls=ExactDecoder) != value:
        what = "This number has more digits than can be kept."
        found.append(Refusal("too_many_digits", what, where, "Round it to 15 digits."))
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (*_texts(key), *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
