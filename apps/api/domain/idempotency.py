"""A request sent twice has one effect: its answer is kept in the transaction of what it did."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.api.models import RememberedAnswer
from apps.engine.refusal import Refusal

KEPT_FOR = timedelta(hours=24)
KEY = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered with: status, JSON body and the headers that matter."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)
    replayed: bool = False


def answer_once(
    act: Callable[[], Answer], *, user: User, key: str, digest: str, at: datetime
) -> Answer:
    """Run `act` and keep its answer under the key, or give the answer kept for it.

    The row is claimed first: a concurrent duplicate waits for it and then finds the answer. A
    refusal rolls the claim back, so it can be tried again. Raises Refusal bad_idempotency_key,
    idempotency_key_reused (same key, other request).
    """
    if not KEY.fullmatch(key):
        raise Refusal(
            "bad_idempotency_key",
            "The idempotency key is not readable.",
            valid="1 to 200 visible letters",
        )
    with transaction.atomic():
        RememberedAnswer.objects.filter(user=user, until__lte=at).delete()
        claim, fresh = RememberedAnswer.objects.get_or_create(
            user=user, key=key, defaults={"digest": digest, "at": at, "until": at + KEPT_FOR}
        )
        if not fresh:
            return _replay(claim, digest=digest)
        answer = act()
        claim.status, claim.body, claim.headers = answer.status, answer.body, dict(answer.headers)
        claim.save(update_fields=("status", "body", "headers"))
    return answer


def digest_of(*parts: bytes) -> str:
    """One digest over the parts of a request, each bounded by its length."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def forget_answers(*, at: datetime) -> int:
    """Delete answers whose time is over, of everybody; gives how many."""
    return RememberedAnswer.objects.filter(until__lte=at).delete()[0]


def _replay(kept: RememberedAnswer, *, digest: str) -> Answer:
    if kept.digest != digest:
        raise Refusal(
            "idempotency_key_reused",
            "This idempotency key was used for another request.",
            where="Idempotency-Key",
            remedy="Use a new key for a new request.",
        )
    return Answer(status=kept.status or 200, body=kept.body, headers=kept.headers, replayed=True)
