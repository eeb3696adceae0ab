"""Turn the complaints of serializers into refusals: one per field, with its path."""

from __future__ import annotations

from collections.abc import Iterator

from rest_framework.exceptions import ErrorDetail, ValidationError

from apps.engine.refusal import Refusal

CODES = {
    "required": "missing_field",
    "null": "missing_field",
    "blank": "missing_field",
    "invalid": "wrong_type",
    "not_a_list": "wrong_type",
    "invalid_choice": "not_a_choice",
    "null_characters_not_allowed": "forbidden_character",
    "surrogate_characters_not_allowed": "forbidden_character",
}


def refusals_of(exc: ValidationError) -> tuple[Refusal, ...]:
    """Every complaint of a serializer as a refusal, in the order of its fields."""
    return tuple(_walk(exc.detail, ""))


def _walk(detail: object, path: str) -> Iterator[Refusal]:
    """Complaints stand in nested maps (by field) and lists (by place)."""
    if isinstance(detail, ErrorDetail):
        code = detail.code or "invalid"
        yield Refusal(CODES.get(code, code), str(detail), where=path)
    elif isinstance(detail, dict):
        for key, value in detail.items():
            yield from _walk(value, path if key == "non_field_errors" else join(path, key))
    elif isinstance(detail, list):
        for place, value in enumerate(detail):
            yield from _walk(value, path if isinstance(value, ErrorDetail) else f"{path}[{place}]")


def join(path: str, key: object) -> str:
    """A fact's way of writing paths: keys by dots, places in brackets."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
