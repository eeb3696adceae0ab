"""What the office reads of a case and its requester does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.engine.lifecycle import Role
from tests.api.life import LISTED, Visit, open_visit
from tests.factories.cases import shared
from tests.factories.law import LISTED as NAMED_ON_A_LIST

pytestmark = pytest.mark.usefixtures("law")
SECRET = "The host was careless."
EMPLOYED = {"people.visitor.employer": "home", "organisations.home.name": NAMED_ON_A_LIST}
OFFICE_ONLY = ("hits", "recommendations")


@pytest.fixture
def visit(rosa_asks: APIClient, otto: APIClient) -> Visit:
    """A case that waits for a second signature under a frank recommendation."""
    visit = open_visit(rosa_asks, {**LISTED, **EMPLOYED})
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    (hit,) = otto.get(f"{visit.place}/hits").json()
    visit.done(otto, "adjudicate", hit=hit["id"], state="dismissed", reason=SECRET)
    visit.done(otto, "take") if visit.seen["status"] == "triage" else None
    visit.done(otto, "recommend", outcome="refuse", reason=SECRET)
    return visit


def test_its_office_reads_everything(visit: Visit, otto: APIClient) -> None:
    (hit,) = otto.get(f"{visit.place}/hits").json()
    assert (hit["state"], hit["settled_by"]["name"]) == ("dismissed", "Otto")
    (opinion,) = otto.get(f"{visit.place}/recommendations").json()
    assert (opinion["reason"], opinion["outcome"], opinion["signatures"]) == (SECRET, "refuse", [])
    told = otto.get(f"{visit.place}/history").json()
    assert SECRET in {event["payload"].get("reason") for event in told}
    assert [event["seq"] for event in told] == list(range(1, len(told) + 1))


def test_its_requester_reads_no_draft_of_a_decision(visit: Visit, rosa_asks: APIClient) -> None:
    for name in OFFICE_ONLY:
        refused = rosa_asks.get(f"{visit.place}/{name}")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    history = rosa_asks.get(f"{visit.place}/history")
    assert SECRET not in history.content.decode()
    told = {event["verb"]: event["payload"] for event in history.json()}
    assert "adjudicate" not in told
    assert set(told["recommend"]) == {"from", "to", "version"}
    late = rosa_asks.post(f"{visit.place}/withdraw", {"version": 1})
    assert late.status_code == 409
    assert SECRET not in late.content.decode()
    assert rosa_asks.get(f"{visit.place}/decisions").json() == []


def test_whoever_may_only_read_reads_as_the_requester_does(
    visit: Visit, omar: User, signed_in: Callable[[User], APIClient]
) -> None:
    case, client = Case.objects.get(), signed_in(omar)
    today = localdate()
    span = {"since": today, "until": today + timedelta(days=9)}
    shared(case, omar, scope=ShareScope.READ, **span)
    assert client.get(visit.place).status_code == 200
    assert client.get(f"{visit.place}/hits").status_code == 403
    assert SECRET not in client.get(f"{visit.place}/history").content.decode()
    refused = client.post(f"{visit.place}/withdraw", {"version": visit.seen["version"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_entitled")
    shared(case, omar, scope=ShareScope.ADVISE, **span)
    assert client.get(f"{visit.place}/hits").status_code == 200


def test_an_officer_reads_the_own_request_as_requester(
    new_officer: Callable[..., User], signed_in: Callable[[User], APIClient]
) -> None:
    officer = signed_in(new_officer("ada", Role.REVIEW_OFFICER))
    visit = open_visit(officer, LISTED)
    visit.done(officer, "submit")
    assert officer.get(f"{visit.place}/hits").status_code == 403


def test_decisions_are_read_by_everybody_who_sees_the_case(
    visit: Visit, eva: APIClient, rosa_asks: APIClient
) -> None:
    visit.done(eva, "countersign")
    (decision,) = rosa_asks.get(f"{visit.place}/decisions").json()
    assert (decision["outcome"], decision["decided_by"]["name"]) == ("refuse", "Eva")
