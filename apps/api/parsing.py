"""Read JSON strictly: bounded, no repeated keys, nothing that could not be kept as it came."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any, NoReturn

from rest_framework.parsers import BaseParser

from apps.engine.refusal import Refusal

LARGEST = 1_000_000  # bytes; formats.md section 1 sets the same bound for files
DEEPEST = 32
LONGEST_NUMBER = 30  # digits; more are not a measurement
PLAIN_NUMBER = re.compile(rf"-?\d{{1,{LONGEST_NUMBER}}}(\.\d{{1,{LONGEST_NUMBER}}})?")
OUTSIDE_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
FORBIDDEN = re.compile("[\x00\ud800-\udfff]")  # neither database keeps them


class StrictJSONParser(BaseParser):
    """`application/json` into plain dict, list, str, bool, int, Decimal and None."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The document in the body of a request."""
        return read_json(stream.read(LARGEST + 1))


def read_json(body: bytes) -> object:
    """One JSON document.

    Raises Refusal too_large, too_deep, malformed_json, repeated_key, not_a_plain_number,
    forbidden_character.
    """
    if len(body) > LARGEST:
        raise Refusal(
            "too_large",
            "The body is too large.",
            remedy="Send at most 1 MB.",
            valid=f"{LARGEST} bytes",
        )
    _check_depth(body)
    try:
        document: object = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_read_object,
            parse_int=_read_whole,
            parse_float=_read_number,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as fault:
        raise Refusal(
            "malformed_json", "The body is not UTF-8.", found=f"byte {fault.start}"
        ) from None
    except json.JSONDecodeError as fault:
        raise Refusal(
            "malformed_json", f"The body is not JSON: {fault.msg}.", line=fault.lineno
        ) from None
    check_text(document)
    return document


def check_text(value: object, *, where: str = "") -> None:
    """Refuse characters that cannot be stored, wherever they stand in a document."""
    if isinstance(value, str):
        if FORBIDDEN.search(value):
            raise Refusal(
                "forbidden_character", "A text holds a null or half a character.", where=where
            )
    elif isinstance(value, dict):
        for key, inner in value.items():
            check_text(key, where=where)
            check_text(inner, where=f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            check_text(inner, where=f"{where}[{place}]")


def _check_depth(body: bytes) -> None:
    """Count brackets outside of texts before parsing, so that nesting cannot exhaust the stack."""
    depth = 0
    for found in OUTSIDE_TEXT.finditer(body):
        if found[0] in (b"[", b"{"):
            depth += 1
            if depth > DEEPEST:
                raise Refusal(
                    "too_deep", "The body is nested too deeply.", valid=f"{DEEPEST} levels"
                )
        elif found[0] in (b"]", b"}"):
            depth -= 1


def _read_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A map without repeated keys: which of two values was meant cannot be guessed."""
    document = dict(pairs)
    if len(document) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise Refusal(
            "repeated_key",
            "A key stands twice in one object.",
            where=twice,
            remedy="Keep one of them.",
        )
    return document


def _read_whole(text: str) -> int:
    _check_number(text)
    return int(text)


def _read_number(text: str) -> Decimal:
    _check_number(text)
    return Decimal(text)


def _check_number(text: str) -> None:
    if not PLAIN_NUMBER.fullmatch(text):
        raise Refusal(
            "not_a_plain_number",
            "A number is not a plain decimal.",
            found=text[:40],
            valid="350, 2.5",
        )


def _refuse_constant(text: str) -> NoReturn:
    raise Refusal("not_a_plain_number", "JSON has no such number.", found=text)
