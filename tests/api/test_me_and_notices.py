"""Who I am here, what I was told, and the document of what can be asked."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import Office, User
from apps.api import snapshot
from apps.engine.lifecycle import Role
from tests.api.life import PLAIN, open_visit

NOTICES = "/api/v1/notices"
SignIn = Callable[[User], APIClient]


def test_i_am_told_who_i_am_and_what_i_hold_today(
    new_officer: Callable[..., User],
    office: Office,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    eva = new_officer("eva", Role.EMPOWERED_OFFICIAL, Role.AUDITOR)
    client = signed_in(eva)
    with django_assert_num_queries(1):
        told = client.get("/api/v1/me").json()
    assert told == {
        "id": str(eva.public_id),
        "name": "Eva",
        "email": "eva@example.org",
        "time_zone": "UTC",
        "institution": office.institution.slug,
        "roles": [
            {"role": "auditor", "office": "main"},
            {"role": "empowered_official", "office": "main"},
        ],
    }


def test_somebody_of_no_institution_holds_nothing(
    new_person: Callable[..., User], signed_in: SignIn
) -> None:
    told = signed_in(new_person("guest")).get("/api/v1/me").json()
    assert (told["institution"], told["roles"]) == (None, [])


@pytest.mark.usefixtures("law")
def test_a_notice_is_new_until_it_was_seen(rosa_asks: APIClient, otto: APIClient) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "ask", questions=[{"text": "Why?"}])
    inbox = rosa_asks.get(NOTICES).json()
    assert inbox["unseen"] == len(inbox["notices"]) > 0
    first = inbox["notices"][0]
    assert visit.seen["reference"] in first["subject"]
    assert rosa_asks.post(f"{NOTICES}/seen", {"ids": [first["id"]]}).json() == {"seen": 1}
    assert rosa_asks.post(f"{NOTICES}/seen", {"ids": [first["id"]]}).json() == {"seen": 0}
    assert rosa_asks.get(NOTICES).json()["unseen"] == inbox["unseen"] - 1
    rosa_asks.post(f"{NOTICES}/seen", {})
    assert rosa_asks.get(NOTICES).json()["unseen"] == 0


@pytest.mark.usefixtures("law")
def test_notices_of_others_are_not_touched(
    rosa_asks: APIClient, otto: APIClient, omar: User, signed_in: SignIn
) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "ask", questions=[{"text": "Why?"}])
    theirs = [one["id"] for one in rosa_asks.get(NOTICES).json()["notices"]]
    stranger = signed_in(omar)
    assert stranger.get(NOTICES).json() == {"unseen": 0, "notices": []}
    assert stranger.post(f"{NOTICES}/seen", {"ids": theirs}).json() == {"seen": 0}
    assert rosa_asks.get(NOTICES).json()["unseen"] == len(theirs)


@pytest.mark.parametrize(
    "asked", [{"limit": 0}, {"limit": 201}, {"skip": -1}, {"skip": "x"}, {"page": 1}]
)
def test_a_part_of_the_inbox_that_is_none_is_refused(
    rosa_asks: APIClient, asked: dict[str, object]
) -> None:
    assert rosa_asks.get(NOTICES, asked).status_code == 422


@pytest.mark.parametrize("ids", [7, "all", ["1"], [True], [-1], [2**70], [1] * 501])
def test_seen_takes_ids_and_nothing_else(rosa_asks: APIClient, ids: object) -> None:
    assert rosa_asks.post(f"{NOTICES}/seen", {"ids": ids}).status_code == 422


def test_the_document_is_open_to_everybody_and_in_step(nobody: APIClient) -> None:
    served = nobody.get("/api/v1/schema")
    assert served.status_code == 200
    assert served.json()["openapi"].startswith("3.1")
    assert snapshot.drift() == ""


def test_a_document_out_of_step_is_told_and_written_anew(tmp_path: Path) -> None:
    copy = tmp_path / "schema.yaml"
    copy.write_text(snapshot.written().replace("read_me", "read_you"), encoding="utf-8")
    said = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("api_schema", file=copy, stderr=said)
    assert stopped.value.code == 1
    assert "operationId: read_you" in said.getvalue()
    call_command("api_schema", file=copy, write=True, stdout=said)
    assert snapshot.drift(copy) == ""
    copy.unlink()
    assert snapshot.drift(copy).startswith("line 1: the file says ''")
