"""Tokens: issued once in clear, kept as a digest, always ending, revoked at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.api.domain.tokens import digest_of, find_token, issue_token, revoke_token
from apps.api.models import ApiToken
from apps.audit.models import Event
from apps.engine.refusal import Refusal
from tests.api.conftest import PASSWORD, SOME_DAY

TOKENS = "/api/v1/tokens"


def ask_token(client: APIClient, **changed: Any) -> Any:
    body = {"email": "rosa@example.org", "password": PASSWORD, "name": "laptop", **changed}
    return client.post(TOKENS, body)


def test_a_password_buys_a_token_that_signs_in(rosa: User, nobody: APIClient) -> None:
    issued = ask_token(nobody)
    assert issued.status_code == 201
    assert set(issued.json()) == {"id", "name", "since", "until", "token"}
    nobody.credentials(HTTP_AUTHORIZATION=f"Bearer {issued.json()['token']}")
    listed = nobody.get(TOKENS)
    assert listed.status_code == 200
    assert [row["name"] for row in listed.json()] == ["laptop"]
    assert "token" not in listed.json()[0]


def test_only_a_digest_is_kept(rosa: User, nobody: APIClient) -> None:
    secret = ask_token(nobody).json()["token"]
    kept = ApiToken.objects.get()
    assert kept.digest == digest_of(secret)
    assert secret not in {str(value) for value in vars(kept).values()}


@pytest.mark.parametrize(
    "wrong", [{"password": "guess"}, {"email": "nobody@example.org"}, {"email": "rosa"}]
)
def test_a_wrong_address_and_a_wrong_password_read_alike(
    rosa: User, nobody: APIClient, wrong: dict[str, str]
) -> None:
    refused = ask_token(nobody, **wrong)
    assert refused.status_code == 401
    assert refused.json()["code"] == "sign_in_refused"
    assert refused.json()["detail"] == "E-mail address or password is wrong."


def test_somebody_who_left_gets_no_token_and_loses_those_held(
    rosa: User, nobody: APIClient
) -> None:
    issued = issue_token(rosa, name="old", by=rosa, at=SOME_DAY)
    User.objects.filter(pk=rosa.pk).update(is_active=False)
    assert ask_token(nobody).status_code == 401
    assert find_token(issued.secret, at=SOME_DAY) is None
    with pytest.raises(CommandError, match="can no longer sign in"):
        call_command("token_issue", rosa.email, "cron")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": ""}, "missing_field"),
        ({"name": 7}, "wrong_type"),
        ({"name": "x" * 81}, "max_length"),
        ({"until": "yesterday"}, "wrong_type"),
        ({"until": "2020-01-01T00:00:00Z"}, "token_in_the_past"),
        ({"until": "2040-01-01T00:00:00Z"}, "token_without_end"),
        ({"password": None}, "missing_field"),
        ({"user": 1}, "unknown_field"),
        ({"email": ["rosa@example.org"]}, "wrong_type"),
    ],
)
def test_a_wish_that_is_not_understood_is_refused(
    rosa: User, nobody: APIClient, changed: dict[str, Any], code: str
) -> None:
    refused = ask_token(nobody, **changed)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["errors"][0]["path"] == next(iter(changed))
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("passed", [timedelta(seconds=-1), timedelta(days=90)])
def test_a_token_works_only_between_its_two_dates(rosa: User, passed: timedelta) -> None:
    secret = issue_token(rosa, name="a", by=rosa, at=SOME_DAY).secret
    assert find_token(secret, at=SOME_DAY) is not None
    assert find_token(secret, at=SOME_DAY + passed) is None


def test_a_revoked_token_signs_nobody_in(rosa: User, nobody: APIClient) -> None:
    issued = issue_token(rosa, name="lost", by=rosa, at=timezone.now())
    nobody.credentials(HTTP_AUTHORIZATION=f"Bearer {issued.secret}")
    revoked = nobody.delete(f"{TOKENS}/{issued.token.public_id}")
    assert revoked.status_code == 200
    assert revoked.json()["revoked_at"] is not None
    refused = nobody.get(TOKENS)
    assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_refused")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="collabscreen"'


def test_the_token_of_somebody_else_does_not_exist(
    omar: User, rosa: User, signed_in: Callable[[User], APIClient]
) -> None:
    issued = issue_token(rosa, name="hers", by=rosa, at=SOME_DAY)
    refused = signed_in(omar).delete(f"{TOKENS}/{issued.token.public_id}")
    assert (refused.status_code, refused.json()["code"]) == (404, "token_not_found")
    assert ApiToken.objects.get().revoked_at is None


def test_issuing_and_revoking_are_told_once_each(rosa: User) -> None:
    token = issue_token(rosa, name="ci", by=rosa, at=SOME_DAY).token
    revoke_token(rosa, token.public_id, at=SOME_DAY)
    revoke_token(rosa, token.public_id, at=SOME_DAY + timedelta(hours=1))
    told = Event.objects.filter(verb__startswith="token_").values_list("verb", "by", "payload")
    says = {"token": str(token.public_id), "name": "ci"}
    by = f"user:{rosa.public_id}"
    assert [(verb, who) for verb, who, _ in told] == [("token_issued", by), ("token_revoked", by)]
    assert all(says.items() <= payload.items() for _, _, payload in told)


def test_use_is_noted_now_and_then(rosa: User) -> None:
    secret = issue_token(rosa, name="a", by=rosa, at=SOME_DAY).secret
    for minutes in (1, 2, 3, 15):
        find_token(secret, at=SOME_DAY + timedelta(minutes=minutes))
    assert ApiToken.objects.get().last_used_at == SOME_DAY + timedelta(minutes=15)
    find_token(secret, at=SOME_DAY + timedelta(minutes=20))
    assert ApiToken.objects.get().last_used_at == SOME_DAY + timedelta(minutes=15)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": SOME_DAY},
        {"revoked_at": SOME_DAY},
    ],
)
def test_the_database_refuses_a_token_without_end_or_half_revoked(
    rosa: User, wrong: dict[str, Any]
) -> None:
    token = issue_token(rosa, name="a", by=rosa, at=SOME_DAY).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(**wrong)


def test_guessing_is_slowed_down_per_account(rosa: User, nobody: APIClient) -> None:
    statuses = [ask_token(nobody, password="guess").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    refused = ask_token(nobody)
    assert refused.json()["code"] == "throttled"
    assert int(refused.headers["Retry-After"]) > 0


def test_guessing_is_slowed_down_per_address(db: None, nobody: APIClient) -> None:
    statuses = [ask_token(nobody, email=f"p{n}@example.org").status_code for n in range(31)]
    assert statuses == [401] * 30 + [429]


def test_the_terminal_prints_the_secret_and_nothing_else(rosa: User) -> None:
    out, err = StringIO(), StringIO()
    call_command("token_issue", "Rosa@Example.org", "cron", days=7, stdout=out, stderr=err)
    token = find_token(out.getvalue().strip(), at=timezone.now())
    assert token is not None
    assert (token.user, token.name) == (rosa, "cron")
    assert token.until - token.since == timedelta(days=7)


@pytest.mark.parametrize("wish", [("who@example.org", 7), ("rosa@example.org", 0)])
def test_the_terminal_refuses_with_status_2(rosa: User, wish: tuple[str, int]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("token_issue", wish[0], "cron", days=wish[1])
    assert refused.value.returncode == 2


def test_a_name_of_blanks_is_no_name(rosa: User) -> None:
    with pytest.raises(Refusal) as refused:
        issue_token(rosa, name="  ", by=rosa, at=SOME_DAY)
    assert refused.value.code == "wrong_length"
