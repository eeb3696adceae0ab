"""Tokens for machines: issued once in clear, kept as a digest, always ending, revoked at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Q

from apps.accounts.domain.actors import Actor, SystemActor, actor_name, person_subject
from apps.accounts.domain.people import person_with
from apps.accounts.models import User
from apps.api.models import ApiToken
from apps.audit.domain.record import record
from apps.engine.refusal import Refusal

PREFIX = "cst_"  # lets a secret scanner recognise a leaked token
USUAL_LIFE = timedelta(days=90)
LONGEST_NAME = 80  # letters
LONGEST_LIFE = timedelta(days=366)
TERMINAL = SystemActor("token_issue")
USE_NOTED_EVERY = timedelta(minutes=10)  # a row is not written on every request


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token with its secret, which nobody can read again."""

    token: ApiToken
    secret: str


@transaction.atomic
def issue_token(
    user: User, *, name: str, by: Actor, at: datetime, until: datetime | None = None
) -> Issued:
    """Issue a token for a person.

    Raises Refusal token_without_end, token_in_the_past, wrong_length, inactive_person.
    """
    end = until or at + USUAL_LIFE
    _check(user, name=name, at=at, until=end)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=digest_of(secret), since=at, until=end
    )
    _tell(token, "token_issued", by=by, at=at)
    return Issued(token, secret)


def issue_with_password(
    *, email: str, password: str, name: str, at: datetime, until: datetime | None = None
) -> Issued:
    """Issue a token to whoever knows the password.

    Raises Refusal sign_in_refused, which does not tell a wrong address from a wrong password.
    """
    person = authenticate(username=email.strip().lower(), password=password)
    if not isinstance(person, User):
        raise Refusal("sign_in_refused", "E-mail address or password is wrong.")
    return issue_token(person, name=name, by=person, at=at, until=until)


def issue_from_terminal(email: str, *, name: str, at: datetime, until: datetime) -> Issued:
    """Issue a token to somebody by address; raises Refusal unknown_person, and as issue_token."""
    person = person_with(email)
    if person is None:
        raise Refusal("unknown_person", "Nobody has this address.", where="email", found=email[:80])
    return issue_token(person, name=name, by=TERMINAL, at=at, until=until)


def find_token(secret: str, *, at: datetime) -> ApiToken | None:
    """The token in force that belongs to a secret, with its person; notes the use now and then."""
    if not secret.startswith(PREFIX):
        return None
    held = ApiToken.objects.select_related("user").filter(
        digest=digest_of(secret), since__lte=at, until__gt=at
    )
    token = held.filter(revoked_at__isnull=True, user__is_active=True).first()
    if token is not None:
        _note_use(token, at=at)
    return token


def tokens_of(user: User) -> Sequence[ApiToken]:
    """Every token of a person, newest first, ended and revoked ones too."""
    return tuple(ApiToken.objects.filter(user=user))


@transaction.atomic
def revoke_token(user: User, public_id: UUID, *, at: datetime) -> ApiToken:
    """End a person's own token at once; once more changes nothing. Raises token_not_found."""
    token = ApiToken.objects.filter(user=user, public_id=public_id).first()
    if token is None:
        raise Refusal("token_not_found", "You have no such token.")
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=user
    )
    if revoked:
        _tell(token, "token_revoked", by=user, at=at)
    token.refresh_from_db()
    return token


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so one fast hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _check(user: User, *, name: str, at: datetime, until: datetime) -> None:
    if not user.is_active:
        raise Refusal("inactive_person", "This person can no longer sign in.", where="email")
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Refusal("wrong_length", "A token needs a name of at most 80 letters.", where="name")
    if until <= at:
        raise Refusal("token_in_the_past", "The token would end before it begins.", where="until")
    if until > at + LONGEST_LIFE:
        raise Refusal(
            "token_without_end",
            "A token lives at most a year.",
            where="until",
            remedy="Choose an earlier end.",
        )


def _note_use(token: ApiToken, *, at: datetime) -> None:
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at <= at - USE_NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)


def _tell(token: ApiToken, verb: str, *, by: Actor, at: datetime) -> None:
    told = {"token": str(token.public_id), "name": token.name, "until": token.until}
    record(subject=person_subject(token.user), verb=verb, by=actor_name(by), at=at, payload=told)
