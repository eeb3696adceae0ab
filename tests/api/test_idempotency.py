"""A request sent twice has one effect, also when both arrive at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.api.domain.idempotency import Answer, answer_once, digest_of, forget_answers
from apps.api.models import ApiToken, RememberedAnswer
from apps.api.tasks import forget
from apps.engine.refusal import Refusal
from tests.api.conftest import SOME_DAY

DIGEST = digest_of(b"POST", b"/x", b"{}")
DAY = timedelta(days=1)


def effect(person: User, *, status: int = 201) -> Callable[[], Answer]:
    """An act that leaves one row behind."""

    def act() -> Answer:
        row = ApiToken.objects.create(
            user=person,
            name="effect",
            digest=digest_of(str(timezone.now().timestamp()).encode()),
            since=SOME_DAY,
            until=SOME_DAY + DAY,
        )
        return Answer(status=status, body={"id": row.pk}, headers={"ETag": '"1"'})

    return act


def test_the_second_request_gets_the_answer_of_the_first(rosa: User) -> None:
    first = answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY)
    again = answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY)
    assert (again.status, again.body, again.headers) == (first.status, first.body, first.headers)
    assert (first.replayed, again.replayed) == (False, True)
    assert ApiToken.objects.count() == 1


def test_the_same_key_for_another_request_is_refused(rosa: User) -> None:
    answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY)
    with pytest.raises(Refusal) as refused:
        answer_once(effect(rosa), user=rosa, key="k", digest=digest_of(b"other"), at=SOME_DAY)
    assert refused.value.code == "idempotency_key_reused"
    assert ApiToken.objects.count() == 1


def test_keys_of_two_people_have_nothing_to_do_with_each_other(rosa: User, omar: User) -> None:
    for person in (rosa, omar):
        answer_once(effect(person), user=person, key="k", digest=DIGEST, at=SOME_DAY)
    assert ApiToken.objects.count() == 2


def test_a_refused_request_is_not_remembered_and_leaves_nothing(rosa: User) -> None:
    def act() -> Answer:
        effect(rosa)()
        raise Refusal("stale_version", "Changed meanwhile.")

    with pytest.raises(Refusal):
        answer_once(act, user=rosa, key="k", digest=DIGEST, at=SOME_DAY)
    assert (ApiToken.objects.count(), RememberedAnswer.objects.count()) == (0, 0)
    assert not answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY).replayed


def test_a_key_is_free_again_after_a_day(rosa: User) -> None:
    answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY)
    later = answer_once(effect(rosa), user=rosa, key="k", digest=DIGEST, at=SOME_DAY + DAY)
    assert not later.replayed
    assert forget_answers(at=SOME_DAY + DAY) == 0
    assert forget_answers(at=SOME_DAY + 2 * DAY) == 1


def test_what_need_not_be_kept_is_forgotten_by_the_clock(rosa: User) -> None:
    answer_once(effect(rosa), user=rosa, key="old", digest=DIGEST, at=timezone.now() - 2 * DAY)
    answer_once(effect(rosa), user=rosa, key="new", digest=DIGEST, at=timezone.now())
    forget()
    assert list(RememberedAnswer.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.parametrize("key", ["", "a b", "é", "k" * 201, "line\nbreak"])
def test_a_key_must_be_readable(rosa: User, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        answer_once(effect(rosa), user=rosa, key=key, digest=DIGEST, at=SOME_DAY)
    assert refused.value.code == "bad_idempotency_key"


def test_parts_of_a_digest_do_not_run_into_each_other() -> None:
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc")


def test_the_database_keeps_one_answer_for_one_key(rosa: User) -> None:
    row = {"user": rosa, "key": "k", "digest": DIGEST, "at": SOME_DAY, "until": SOME_DAY + DAY}
    RememberedAnswer.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        RememberedAnswer.objects.create(**row)


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_have_one_effect_and_one_answer(
    new_person: Callable[..., User],
) -> None:
    person, start = new_person("rosa"), Barrier(4)

    def send(_: int) -> Answer:
        try:
            start.wait(timeout=10)
            return answer_once(effect(person), user=person, key="k", digest=DIGEST, at=SOME_DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(4)))
    assert ApiToken.objects.count() == 1
    assert len({str(answer.body) for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
