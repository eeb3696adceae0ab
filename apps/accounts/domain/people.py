"""Putting people on record and finding them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts.domain.actors import Actor, actor_name, person_subject
from apps.accounts.models import Institution, Unit, User
from apps.accounts.models.zones import known_time_zone
from apps.audit.domain.record import record
from apps.engine.refusal import Refusal


@transaction.atomic
def register_person(
    email: str,
    *,
    display_name: str,
    by: Actor,
    at: datetime,
    password: str | None = None,
    place: Institution | Unit | None = None,
    time_zone: str = "UTC",
) -> User:
    """Put a person of an institution or unit on record; without a password nobody can sign in.

    Raises Refusal `not_an_address`, `unknown_time_zone`, `address_taken`.
    """
    _refuse_wrong(email, time_zone)
    if person_with(email) is not None:
        raise Refusal("address_taken", "Somebody has this address already.", "email", found=email)
    unit = place if isinstance(place, Unit) else None
    institution = place.institution if isinstance(place, Unit) else place
    person = User.objects.create_user(
        email,
        password,
        display_name=display_name,
        institution=institution,
        unit=unit,
        time_zone=time_zone,
    )
    record(
        subject=person_subject(person),
        verb="person_registered",
        by=actor_name(by),
        at=at,
        payload={"institution": institution.slug if institution else ""},
    )
    return person


def give_password(people: Iterable[User], password: str) -> None:
    """Give several people one password: for a demo, where it is hashed once for all of them."""
    hashed = make_password(password)
    User.objects.filter(pk__in=[person.pk for person in people]).update(password=hashed)


def person_with(email: str) -> User | None:
    """The person of an address, however it is typed."""
    return User.objects.filter(email=email.strip().lower()).first()


def _refuse_wrong(email: str, time_zone: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refusal(
            "not_an_address", "This is not an e-mail address.", "email", found=email[:80]
        ) from error
    try:
        known_time_zone(time_zone)
    except ValidationError as error:
        raise Refusal(
            "unknown_time_zone", error.messages[0], "time_zone", found=time_zone[:80]
        ) from error
