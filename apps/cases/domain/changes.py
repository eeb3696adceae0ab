"""Writes answers: the one place that touches the fact rows of a case, with version and history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from apps.accounts.domain.actors import actor_name
from apps.accounts.models import User
from apps.audit.domain.record import record
from apps.cases.domain.digests import answer_digest
from apps.cases.models import Case, CaseFact
from apps.engine.refusal import Refusal


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer that may stand, with where it came from and as of when; None takes it back."""

    path: str
    value: object | None
    source: str = ""
    as_of: date | None = None


def case_subject(case: Case) -> str:
    """The subject under which the history of a case is kept."""
    return f"case:{case.reference}"


def advance(case: Case, *, version: int, at: datetime, **changed: object) -> None:
    """Count the version of a case up, if it still is the one the change was made on.

    Raises Refusal `stale_version`; `case` carries the new version afterwards.
    """
    fresh = Case.objects.filter(pk=case.pk, version=version).update(
        version=F("version") + 1, changed_at=at, **changed
    )
    if not fresh:
        raise Refusal(
            "stale_version",
            "Somebody has changed this request since you opened it.",
            "version",
            "Look at it again, then repeat your change.",
            found=str(version),
        )
    case.version, case.changed_at = version + 1, at
    for name, value in changed.items():
        setattr(case, name, value)


def write_answers(
    case: Case,
    answers: Mapping[str, CheckedAnswer],
    *,
    by: User,
    version: int,
    at: datetime,
) -> bool:
    """Store checked answers inside the caller's transaction; whether anything was new.

    What says nothing new leaves version and history alone. History names the paths and keeps keyed
    digests; the values themselves stay out of it.
    """
    before = {row.path: row for row in CaseFact.objects.filter(case=case, path__in=answers)}
    new = [answer for answer in answers.values() if _differs(before.get(answer.path), answer)]
    if not new:
        return False
    advance(case, version=version, at=at)
    _store(case, new, by=by, at=at)
    record(
        subject=case_subject(case),
        verb="save_facts",
        by=actor_name(by),
        at=at,
        payload=_told(case, before, new),
    )
    return True


def _differs(row: CaseFact | None, answer: CheckedAnswer) -> bool:
    if row is None:
        return answer.value is not None
    return (row.value, row.source, row.as_of) != (answer.value, answer.source, answer.as_of)


def _store(case: Case, new: list[CheckedAnswer], *, by: User, at: datetime) -> None:
    taken_back = [answer.path for answer in new if answer.value is None]
    if taken_back:
        CaseFact.objects.filter(case=case, path__in=taken_back).delete()
    CaseFact.objects.bulk_create(
        (
            CaseFact(
                case=case,
                path=answer.path,
                value=answer.value,
                source=answer.source,
                as_of=answer.as_of,
                by=by,
                at=at,
            )
            for answer in new
            if answer.value is not None
        ),
        update_conflicts=True,
        unique_fields=["case", "path"],
        update_fields=["value", "source", "as_of", "by", "at"],
    )


def _told(
    case: Case, before: Mapping[str, CaseFact], new: list[CheckedAnswer]
) -> dict[str, object]:
    def digest(path: str, value: object | None) -> str:
        return "" if value is None else answer_digest(case, path, value)

    ordered = sorted(new, key=lambda answer: answer.path)
    return {
        "facts": [answer.path for answer in ordered],
        "version": case.version,
        "before": [
            digest(answer.path, before[answer.path].value) if answer.path in before else ""
            for answer in ordered
        ],
        "after": [digest(answer.path, answer.value) for answer in ordered],
    }
