"""The only writer of where a case stands: one move, one version further, one event of history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypedDict, Unpack

from django.db import transaction
from django.db.models import F

from apps.accounts.domain.actors import Actor as Doer
from apps.accounts.domain.actors import SystemActor, actor_name
from apps.accounts.models import Office, User
from apps.audit.domain.record import record
from apps.cases.domain.changes import case_subject
from apps.cases.models import Case
from apps.engine.guards import Situation, unmet
from apps.engine.lifecycle import SYSTEM, Actor, Status, Step, Verb, answer, step
from apps.engine.refusal import Refusal
from apps.workflow.domain.situation import situation_of
from apps.workflow.domain.stale import stale_version
from apps.workflow.domain.standing import standing_of
from apps.workflow.domain.telling import tell

NOTHING_MORE: Mapping[str, object] = {}
Given = ParamSpec("Given")


class Changes(TypedDict, total=False):
    """What a move may set beside the status, and nobody else may."""

    outcome: str
    tier: str
    due_on: date | None
    officer: User | None
    office: Office
    approved_until: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn at a case that is held: the verb, who does it, when, and in what standing."""

    case: Case
    verb: Verb
    by: Doer
    at: datetime
    actor: Actor


def whole(
    verb: Callable[Concatenate[Case, Given], Case],
) -> Callable[Concatenate[Case, Given], Case]:
    """Make a verb one transaction: refused, it leaves rows and the case in hand as they were."""

    @wraps(verb)
    def run(case: Case, /, *args: Given.args, **given: Given.kwargs) -> Case:
        before = case.__getstate__()
        try:
            with transaction.atomic():
                return verb(case, *args, **given)
        except BaseException:
            case.__dict__.update(before)
            raise

    return run


def hold(case: Case, *, version: int) -> None:
    """Take the row of a case until the transaction ends, as it now stands in the database.

    Whoever comes second waits, then is refused with Refusal `stale_version`, which names who
    changed the case and when.
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if case.version != version:
        raise stale_version(case, version)


def admit(case: Case, verb: Verb, *, by: User, version: int, at: datetime) -> Turn:
    """Hold a case for a person's verb, if the table lets them; every verb begins with it.

    Raises Refusal: `stale_version`, `not_from_here`, `conflicted`, `not_entitled`.
    """
    hold(case, version=version)
    actor = standing_of(by, case, on=at.date())
    given = answer(Status(case.status), verb, actor)
    if not given.allowed:
        raise Refusal(given.code, given.reason, where=verb, found=case.status)
    return Turn(case, verb, by, at, actor)


def by_system(case: Case, verb: Verb, *, by: SystemActor, at: datetime) -> Turn:
    """The turn of a part of the system at a case that is held already."""
    return Turn(case, verb, by, at, SYSTEM)


@transaction.atomic
def move(
    turn: Turn,
    *,
    target: Status | None = None,
    reason: str = "",
    situation: Situation | None = None,
    told: Mapping[str, object] = NOTHING_MORE,
    **changes: Unpack[Changes],
) -> Step:
    """Move a case by a verb of the table: status, version, what else changes, event and notices.

    `situation` is what the guards look at, by default the case as it stands; `told` goes into the
    event beside what changed. Raises Refusal: a code of `lifecycle.step`, `unmet_GUARD`,
    `stale_version`.
    """
    case = turn.case
    made = step(Status(case.status), turn.verb, actor=turn.actor, target=target, reason=reason)
    _refuse_unmet(case, made, situation, on=turn.at.date())
    _write(case, made, at=turn.at, changes=changes)
    payload = {**_told_of(case, made, changes), **told, **({"reason": reason} if reason else {})}
    by = actor_name(turn.by)
    record(subject=case_subject(case), verb=turn.verb, by=by, at=turn.at, payload=payload)
    tell(case, made, by=turn.by, at=turn.at)
    return made


def _refuse_unmet(case: Case, made: Step, situation: Situation | None, *, on: date) -> None:
    if not made.move.guards:
        return
    in_the_way = unmet(made.move.guards, situation or situation_of(case, on=on))
    if in_the_way:
        raise Refusal(
            f"unmet_{in_the_way[0][0]}",
            " ".join(why for _, why in in_the_way),
            where=made.move.verb,
        )


def _write(case: Case, made: Step, *, at: datetime, changes: Changes) -> None:
    written = Case.objects.filter(
        pk=case.pk, version=case.version, status=made.move.source.value
    ).update(status=made.target.value, version=F("version") + 1, changed_at=at, **changes)
    if not written:
        opened = case.version
        case.refresh_from_db()
        raise stale_version(case, opened)
    case.status, case.changed_at = made.target.value, at
    case.version += 1
    for name, value in changes.items():
        setattr(case, name, value)


def _told_of(case: Case, made: Step, changes: Changes) -> dict[str, object]:
    told: dict[str, object] = {
        "from": made.move.source,
        "to": made.target,
        "version": case.version,
    }
    for name, value in changes.items():
        told[name] = _word(value)
    return told


def _word(value: object) -> object:
    if isinstance(value, Office):
        return value.slug
    if isinstance(value, User):
        return str(value.public_id)
    return value
