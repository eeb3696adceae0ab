"""Letting one more person see a case, for a bounded time and with a scope."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.db import transaction

from apps.accounts.domain.actors import actor_name
from apps.accounts.models import User
from apps.audit.domain.record import record
from apps.cases.domain.changes import case_subject
from apps.cases.enums import ShareScope
from apps.cases.models import Case, CaseShare
from apps.engine.refusal import Refusal


@transaction.atomic
def share_case(
    case: Case,
    person: User,
    *,
    scope: ShareScope,
    since: date,
    until: date,
    by: User,
    at: datetime,
) -> CaseShare:
    """Share a case from `since` up to but without `until`; sharing again moves the days.

    Whether `by` may share is the caller's question. Raises Refusal `ends_before_it_begins` or
    `owner_sees_it`.
    """
    if until <= since:
        raise Refusal("ends_before_it_begins", "Sharing lasts at least one day.", "until")
    if person.pk == case.owner_id:
        raise Refusal("owner_sees_it", "The owner of a request sees it anyway.", "person")
    share: CaseShare
    share, _ = CaseShare.objects.update_or_create(
        user=person,
        content_object=case,
        permission=_permission(scope),
        defaults={
            "scope": scope.value,
            "since": since,
            "until": until,
            "shared_by": by,
            "shared_at": at,
        },
    )
    _tell(share, "share", by, at)
    return share


@transaction.atomic
def end_share(share: CaseShare, *, on: date, by: User, at: datetime) -> None:
    """End a share: `on` is the first day without it. One that has not begun by then is taken away.

    Raises Refusal `already_ended`.
    """
    if share.until <= on:
        raise Refusal("already_ended", f"This share ended on {share.until}.", "on")
    if on <= share.since:
        _tell(share, "end_share", by, at)
        share.delete()
        return
    share.until = on
    share.save(update_fields=["until"])
    _tell(share, "end_share", by, at)


def _permission(scope: ShareScope) -> Permission:
    return Permission.objects.get(
        content_type__app_label="cases", content_type__model="case", codename=scope.value
    )


def _tell(share: CaseShare, verb: str, by: User, at: datetime) -> None:
    record(
        subject=case_subject(share.content_object),
        verb=verb,
        by=actor_name(by),
        at=at,
        payload={
            "person": str(share.user.public_id),
            "scope": share.scope,
            "since": share.since.isoformat(),
            "until": share.until.isoformat(),
        },
    )
