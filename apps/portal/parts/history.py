"""What happened to a case, newest first, in sentences for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from apps.accounts.domain.queries import names_of
from apps.audit.domain.entry import Entry
from apps.audit.domain.history import events_of
from apps.audit.domain.present import sentence
from apps.cases.domain.changes import case_subject
from apps.cases.models import Case

#: Work inside the office: the requester reads that it happened in the status, not what was thought.
OFFICE_ONLY = frozenset({"adjudicate"})
REASONS_OF_THE_OFFICE = frozenset({"recommend", "return"})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event: when, and what in one sentence."""

    at: datetime
    words: str
    verb: str = ""


def history_of(case: Case, *, requester: bool) -> tuple[HistoryLine, ...]:
    """Everything, newest first; a requester reads the reasons of decisions, not of drafts."""
    events = events_of(case_subject(case))
    shown = [_for_requester(one) for one in events if one.verb not in OFFICE_ONLY]
    return _lines(reversed(shown if requester else events))


def changes_since(case: Case, version: int) -> tuple[HistoryLine, ...]:
    """Who changed what after a version that somebody had open, oldest first."""
    events = events_of(case_subject(case))
    return _lines(one for one in events if _version_of(one) > version)


def _version_of(event: Entry) -> int:
    found = event.payload.get("version")
    return found if isinstance(found, int) else 0


def _for_requester(event: Entry) -> Entry:
    if event.verb not in REASONS_OF_THE_OFFICE:
        return event
    return replace(event, payload={**event.payload, "reason": ""})


def _lines(events: Iterable[Entry]) -> tuple[HistoryLine, ...]:
    told = list(events)
    names = names_of({one.by for one in told})
    return tuple(HistoryLine(one.at, sentence(one, names=names), one.verb) for one in told)
