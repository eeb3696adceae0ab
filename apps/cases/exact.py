"""Keeps plain decimals of an answer exact on their way through a JSON column."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


class ExactEncoder(json.JSONEncoder):
    """Writes a decimal as a JSON number."""

    def default(self, o: object) -> object:
        """A whole number, or the shortest number that reads back as the same decimal."""
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return super().default(o)


class ExactDecoder(json.JSONDecoder):
    """Reads a JSON number with a fraction as a decimal, never as a binary float."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})
