"""Fields and serializers that take exactly the type they name, and no field they do not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

MOST_CHANGES = 2**31 - 1  # what the column of versions holds
NO_SUCH_FIELD = ErrorDetail("There is no such field.", "unknown_field")


class Text(serializers.CharField):
    """A JSON text; a number or a yes/no is not turned into one."""

    def to_internal_value(self, data: object) -> str:
        """The text, without spaces around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole JSON number; neither `true` nor `"3"` is one."""

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Word(serializers.ChoiceField):
    """One word of a closed set, read as that word."""

    def __init__(self, words: type[StrEnum], **options: Any) -> None:
        self.words = words
        super().__init__(choices=[word.value for word in words], **options)

    def to_internal_value(self, data: Any) -> StrEnum:
        """The word."""
        return self.words(super().to_internal_value(data))


class Document(serializers.DictField):
    """A JSON object whose content the engine judges, not the serializer."""

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """The object as it came."""
        if not isinstance(data, dict):
            self.fail("not_a_dict", input_type=type(data).__name__)
        return data


class Strict(serializers.Serializer[Any]):
    """Input in a fixed shape: a field nobody knows is refused instead of ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """The values, by field; raises ValidationError with every complaint at once."""
        unknown = self._unknown(data)
        try:
            values = super().to_internal_value(data)
        except ValidationError as exc:
            known = exc.detail if isinstance(exc.detail, dict) else {}
            raise ValidationError({**known, **unknown}) from None
        if unknown:
            raise ValidationError(unknown)
        return values

    def _unknown(self, data: object) -> dict[str, list[ErrorDetail]]:
        keys = data if isinstance(data, Mapping) else ()
        return {str(key): [NO_SUCH_FIELD] for key in keys if key not in self.fields}


class Versioned(Strict):
    """Input of a change; its version may stand here or in If-Match."""

    version = Whole(
        required=False,
        min_value=1,
        max_value=MOST_CHANGES,
        help_text="Version of the case you saw; or send it in If-Match.",
    )


class Shown(serializers.Serializer[Any]):
    """Output in a fixed shape; it never reads."""
