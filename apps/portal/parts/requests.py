"""The requests of a person as lines of a list, those that wait for the person first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.engine.lifecycle import STAGES, Status, Waits
from apps.portal.parts.queue import standing_outcome
from apps.screening.domain.queries import open_counts

if TYPE_CHECKING:
    from apps.cases.models import Case


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with its outcome as it stands."""

    case: Case
    outcome: str
    waits: bool


def lines_of(cases: Iterable[Case]) -> tuple[RequestLine, ...]:
    """The lines, in the order given but those first that wait for the requester; one query."""
    shown = list(cases)
    opened = open_counts(shown)
    lines = (RequestLine(case, standing_outcome(case, opened), _waits(case)) for case in shown)
    return tuple(sorted(lines, key=lambda line: not line.waits))


def _waits(case: Case) -> bool:
    return STAGES[Status(case.status)].waits is Waits.REQUESTER
