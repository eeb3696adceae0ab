"""Facts that the office puts on record itself: what it classified, read or holds on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from apps.accounts.models import User
from apps.cases.domain.changes import CheckedAnswer, write_answers
from apps.cases.domain.record_facts import held_by_record
from apps.cases.models import Case
from apps.engine.facts import Vocabulary, check_value
from apps.engine.facts.types import unwrap
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.editions import in_force

OFFICE = "established by the office"


def establish(
    case: Case, facts: Mapping[str, object], *, by: User, version: int, at: datetime
) -> None:
    """Store facts of the office as of today; unlike a requester it may settle any of them.

    Raises Refusals for each value that cannot stand, Refusal `stale_version`.
    """
    vocabulary = in_force(at.date()).vocabulary
    refused: list[Refusal] = []
    checked: dict[str, CheckedAnswer] = {}
    for path, value in facts.items():
        try:
            plain, source = _read(path, value, vocabulary)
        except Refusals as several:
            refused.extend(several.items)
        else:
            checked[path] = CheckedAnswer(path, plain, source, at.date())
    if refused:
        raise Refusals(refused)
    write_answers(case, checked, by=by, version=version, at=at)


def _read(path: str, value: object, vocabulary: Vocabulary) -> tuple[object, str]:
    if held_by_record(path):
        held = "The request itself says this; it is not established."
        raise Refusals([Refusal("held_by_record", held, path, "Leave it out.")])
    plain, source, _ = unwrap(check_value(path, value, vocabulary=vocabulary))
    return plain, str(source or OFFICE)
