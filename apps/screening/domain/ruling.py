"""A decision in words, before it is one: what is recommended or decided, why, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.cases.domain.conditions import NewCondition
from apps.engine.lifecycle import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Outcome, reasons, the last day of an approval, and conditions of the office."""

    outcome: Decision
    reason: str
    until: date | None = None
    conditions: Sequence[NewCondition] = ()
