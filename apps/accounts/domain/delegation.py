"""Letting somebody else prepare requests in one's name, for a bounded time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from apps.accounts.domain.actors import actor_name, person_subject
from apps.accounts.models import Delegate, User
from apps.audit.domain.record import record
from apps.engine.refusal import Refusal


@transaction.atomic
def appoint_delegate(
    delegate: User, *, since: date, until: date, by: User, at: datetime
) -> Delegate:
    """Let another person prepare requests for `by`, from `since` up to but without `until`.

    Raises Refusal `own_delegate`, `ends_before_it_begins` or `already_delegate`.
    """
    if delegate.pk == by.pk:
        raise Refusal("own_delegate", "A delegate is somebody else.", "delegate")
    if until <= since:
        raise Refusal("ends_before_it_begins", "A delegation lasts at least one day.", "until")
    if Delegate.objects.filter(
        principal=by, delegate=delegate, since__lt=until, until__gt=since
    ).exists():
        raise Refusal("already_delegate", f"{delegate} acts for you in that time already.", "since")
    row = Delegate.objects.create(principal=by, delegate=delegate, since=since, until=until)
    _tell(row, "delegate_appointed", by, at)
    return row


@transaction.atomic
def end_delegation(row: Delegate, *, on: date, by: User, at: datetime) -> Delegate:
    """End a delegation: `on` is the first day without it. Either of the two may end it.

    Raises Refusal `not_your_delegation` or `already_ended`.
    """
    if by.pk not in {row.principal_id, row.delegate_id}:
        raise Refusal("not_your_delegation", "Only the two people concerned can end it.", "by")
    if not row.since < on < row.until:
        raise Refusal("already_ended", f"It runs from {row.since} to {row.until}.", "on")
    row.until = on
    row.save(update_fields=["until"])
    _tell(row, "delegation_ended", by, at)
    return row


def _tell(row: Delegate, verb: str, by: User, at: datetime) -> None:
    record(
        subject=person_subject(row.principal),
        verb=verb,
        by=actor_name(by),
        at=at,
        payload={
            "delegate": str(row.delegate.public_id),
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
        },
    )
