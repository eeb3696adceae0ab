"""What one method of an endpoint reads, asks and shows: said once, for code and OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.api.fields import Shown, Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one endpoint."""

    name: str
    shows: type[Shown] | None = None
    many: bool = False
    reads: type[Strict] | None = None
    asks: type[Strict] | None = None
    status: int = 200
    versioned: bool = False  # needs the version of the case it changes
    repeatable: bool = False  # takes an idempotency key
    refuses: tuple[int, ...] = ()


Operations = Mapping[str, Operation]
