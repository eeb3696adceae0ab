"""Write JSON so that a decimal stays the number it was."""

from __future__ import annotations

from decimal import Decimal

from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder


class ExactEncoder(JSONEncoder):
    """A decimal becomes a JSON number where that reads back the same, else a text."""

    def default(self, obj: object) -> object:
        """What JSON has no word for."""
        if not isinstance(obj, Decimal):
            return super().default(obj)
        if obj == obj.to_integral_value():
            return int(obj)
        near = float(obj)
        return near if Decimal(repr(near)) == obj else str(obj)


class ExactRenderer(JSONRenderer):
    """`application/json` with exact decimals."""

    encoder_class = ExactEncoder
