"""Joining and leaving an office: membership, object permissions and history in one transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from apps.accounts.domain.actors import Actor, actor_name, person_subject
from apps.accounts.models import Membership, Office, OfficeGrant, User
from apps.accounts.roles import PERMISSIONS_OF_ROLE
from apps.audit.domain.record import record
from apps.engine.lifecycle import Role
from apps.engine.refusal import Refusal


@transaction.atomic
def join_office(
    person: User,
    office: Office,
    *,
    role: Role,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Membership:
    """Give a person a role at an office from `since` up to but without `until`.

    Raises Refusal `not_an_office_role`, `ends_before_it_begins` or `already_member`.
    """
    _refuse_wrong_span(since, until)
    if role not in PERMISSIONS_OF_ROLE:
        raise Refusal("not_an_office_role", f"{role} is held at no office.", "role", found=role)
    if _overlapping(person, office, role, since, until):
        raise Refusal(
            "already_member",
            f"{person} holds this role at {office} in that time already.",
            "since",
            "End the other membership first, or choose another span.",
        )
    membership = Membership.objects.create(
        user=person, office=office, role=role.value, since=since, until=until
    )
    _write_grants(membership, role)
    record(
        subject=person_subject(person),
        verb="office_joined",
        by=actor_name(by),
        at=at,
        payload=_told(membership),
    )
    return membership


@transaction.atomic
def leave_office(membership: Membership, *, on: date, by: Actor, at: datetime) -> Membership:
    """End a membership: `on` is the first day without it.

    Raises Refusal `ends_before_it_begins` or `already_ended`.
    """
    _refuse_wrong_span(membership.since, on)
    if membership.until is not None and membership.until <= on:
        raise Refusal("already_ended", f"This membership ends on {membership.until}.", "on")
    membership.until = on
    membership.save(update_fields=["until"])
    drop_ended_grants(on=at.date())
    record(
        subject=person_subject(membership.user),
        verb="office_left",
        by=actor_name(by),
        at=at,
        payload=_told(membership),
    )
    return membership


def drop_ended_grants(*, on: date) -> int:
    """Take away object permissions whose membership is over; how many there were."""
    return OfficeGrant.objects.filter(membership__until__lte=on).delete()[0]


def _refuse_wrong_span(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise Refusal(
            "ends_before_it_begins",
            "A membership lasts at least one day.",
            "until",
            f"Choose a day after {since}.",
            found=until.isoformat(),
        )


def _overlapping(person: User, office: Office, role: Role, since: date, until: date | None) -> bool:
    later = Q(until__isnull=True) | Q(until__gt=since)
    earlier = Q() if until is None else Q(since__lt=until)
    return Membership.objects.filter(
        later, earlier, user=person, office=office, role=role.value
    ).exists()


def _write_grants(membership: Membership, role: Role) -> None:
    permissions = Permission.objects.filter(
        content_type__app_label="accounts",
        content_type__model="office",
        codename__in=PERMISSIONS_OF_ROLE[role],
    )
    OfficeGrant.objects.bulk_create(
        OfficeGrant(
            user_id=membership.user_id,
            content_object_id=membership.office_id,
            membership=membership,
            permission=permission,
        )
        for permission in permissions
    )


def _told(membership: Membership) -> dict[str, object]:
    return {
        "office": membership.office.slug,
        "role": membership.role,
        "since": membership.since.isoformat(),
        "until": membership.until.isoformat() if membership.until else "",
    }
