"""What happened to a case, newest first, in sentences for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from apps.accounts.domain.queries import names_of
from apps.audit.domain.present import sentence
from apps.workflow.domain.reading import history_of as seen_by

if TYPE_CHECKING:
    from apps.audit.domain.entry import Entry
    from apps.cases.models import Case


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event: when, and what in one sentence."""

    at: datetime
    words: str
    verb: str = ""


def history_of(case: Case, *, requester: bool) -> tuple[HistoryLine, ...]:
    """Everything for its reader, newest first."""
    return _lines(reversed(seen_by(case, office=not requester)))


def changes_since(case: Case, version: int, *, requester: bool) -> tuple[HistoryLine, ...]:
    """Who changed what after a version that somebody had open, oldest first."""
    events = seen_by(case, office=not requester)
    return _lines(one for one in events if _version_of(one) > version)


def _version_of(event: Entry) -> int:
    found = event.payload.get("version")
    return found if isinstance(found, int) else 0


def _lines(events: Iterable[Entry]) -> tuple[HistoryLine, ...]:
    told = list(events)
    names = names_of({one.by for one in told})
    lines = (HistoryLine(one.at, sentence(one, names=names), one.verb) for one in told)
    return tuple(_once(list(same)) for _words, same in groupby(lines, key=lambda line: line.words))


def _once(same: list[HistoryLine]) -> HistoryLine:
    """Lines that say the same in a row, as one that counts them."""
    if len(same) == 1:
        return same[0]
    words = ngettext("%(words)s, %(n)d time.", "%(words)s, %(n)d times.", len(same))
    told = words % {"words": same[0].words.removesuffix("."), "n": len(same)}
    return replace(same[0], words=told)
