"""The one door into history: append what happened, in the transaction in which it happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from apps.audit.domain.canon import plain
from apps.audit.domain.entry import Entry
from apps.audit.domain.heads import hold_head, move_head
from apps.audit.domain.shapes import check_payload
from apps.audit.domain.verbs import verb_named
from apps.audit.models import ACTOR_LENGTH, SUBJECT_LENGTH, Event
from apps.engine.refusal import Refusal

ACTOR = re.compile(r"(user|system):[^\s\0]+")
SUBJECT = re.compile(r"[a-z][a-z_]*:[^\s\0]+")


def record(
    *, subject: str, verb: str, by: str, at: datetime, payload: Mapping[str, object]
) -> Event:
    """Append an event to the chain of its subject, inside the caller's transaction.

    `subject` is `case:CS-2026-0042`, `edition:...`, `person:...`; `by` is `user:PUBLIC_ID` or
    `system:NAME`. Raises Refusal: bad_subject, bad_actor, naive_instant, unknown_verb,
    wrong_subject, payload_shape, payload_not_plain, history_outside_transaction.
    """
    _check_words(subject=subject, by=by, at=at)
    told = check_payload(verb_named(verb), subject=subject, payload=plain(payload))
    if not transaction.get_connection().in_atomic_block:
        raise Refusal(
            code="history_outside_transaction",
            what="An event stands or falls with what it tells of.",
            where=verb,
            remedy="Record inside the transaction that makes the change.",
        )
    head = hold_head(subject)
    entry = Entry(subject, head.seq + 1, verb, by, at, told, previous=head.hash)
    event = Event.objects.create(**asdict(replace(entry, hash=entry.digest())))
    move_head(head, to=event.hash)
    return event


def _check_words(*, subject: str, by: str, at: datetime) -> None:
    if len(subject) > SUBJECT_LENGTH or not SUBJECT.fullmatch(subject):
        raise Refusal("bad_subject", "That is no subject of history.", found=f"{subject!a}")
    if len(by) > ACTOR_LENGTH or not ACTOR.fullmatch(by):
        raise Refusal(
            code="bad_actor",
            what="An event needs somebody who did it.",
            found=f"{by!a}",
            valid="user:PUBLIC_ID or system:NAME",
        )
    if at.tzinfo is None:
        raise Refusal("naive_instant", "An event needs an instant with a zone.", found=str(at))
