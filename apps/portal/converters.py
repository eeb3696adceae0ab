"""What may stand in an address: the number of a case, in the shape in which numbers are given."""

from __future__ import annotations


class Reference:
    """The number of a case: `CS-2026-0042`."""

    regex = "[A-Z]{2}-[0-9]{4}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
