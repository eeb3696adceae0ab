"""A case moved over the API and one moved on pages: the same determinations, the same history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.audit.domain.history import events_of
from apps.cases.domain.questions import open_questions
from apps.cases.models import Case
from apps.engine.lifecycle import Role
from apps.screening.models import CaseDecision, Determination, Recommendation, Signature
from tests.api.life import LISTED, Visit, open_visit

pytestmark = pytest.mark.usefixtures("law")
LAST_DAY = (localdate() + timedelta(days=200)).isoformat()
RULING = {"outcome": "approve_with_conditions", "reason": "A licence is needed.", "until": LAST_DAY}
SALTED = {"before", "after"}  # digests of answers, keyed with the secret of each case


@pytest.fixture
def eva_herself(new_officer: Callable[..., User]) -> User:
    """The empowered official."""
    return new_officer("eva", Role.EMPOWERED_OFFICIAL)


def told_of(case: Case) -> list[tuple[str, str, dict[str, Any]]]:
    """Verb, actor and payload of every event, without what is secret to the case."""
    return [
        (
            event.verb,
            event.by,
            {name: value for name, value in event.payload.items() if name not in SALTED},
        )
        for event in events_of(f"case:{case.reference}")
    ]


def determined(case: Case) -> list[tuple[Any, ...]]:
    """Every determination of a case, byte for byte."""
    rows = Determination.objects.filter(case=case).order_by("number")
    return list(rows.values_list("number", "cause", "on", "facts_digest", "digest", "record"))


def concluded(case: Case) -> tuple[list[Any], ...]:
    """Recommendations, signatures and decisions."""
    return (
        list(
            Recommendation.objects.filter(case=case).values_list(
                "version", "author", "outcome", "text", "until", "conditions"
            )
        ),
        list(
            Signature.objects.filter(recommendation__case=case).values_list(
                "author", "signer", "text"
            )
        ),
        list(
            CaseDecision.objects.filter(case=case).values_list(
                "number", "outcome", "reason", "until", "decided_by"
            )
        ),
    )


class Pages:
    """The pages of one case, as people use them."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def press(self, person: User, slug: str, **fields: Any) -> None:
        """Send the form of a verb, on the version that stands."""
        browser = Client()
        browser.force_login(person)
        self.case.refresh_from_db()
        sent = browser.post(
            f"/cases/{self.case.reference}/{slug}/", {"version": self.case.version, **fields}
        )
        assert sent.status_code == 302, sent.content.decode()


def over_the_api(visit: Visit, rosa: APIClient, otto: APIClient, eva: APIClient) -> None:
    """The life of a case by requests of machines."""
    visit.done(rosa, "submit")
    visit.done(otto, "take")
    visit.done(otto, "ask", questions=[{"text": "Who pays?"}])
    (question,) = rosa.get(f"{visit.place}/questions").json()
    visit.done(rosa, "answer", answers={str(question["id"]): "The host."})
    visit.done(otto, "recommend", **RULING)
    visit.done(eva, "countersign", text="Agreed.")


def on_pages(pages: Pages, rosa: User, otto: User, eva: User) -> None:
    """The same life by pressing buttons."""
    pages.press(rosa, "check")
    pages.press(otto, "take")
    pages.press(otto, "ask", own="Who pays?")
    (question,) = open_questions(pages.case)
    pages.press(rosa, "answer", **{f"answers.{question.pk}": "The host."})
    pages.press(otto, "recommend", **RULING)
    pages.press(eva, "countersign", text="Agreed.")


def test_page_and_api_tell_the_same_of_the_same_case(
    rosa: User, reviewer: User, eva_herself: User, signed_in: Callable[[User], APIClient]
) -> None:
    machines = [signed_in(person) for person in (rosa, reviewer, eva_herself)]
    first, second = open_visit(machines[0], LISTED), open_visit(machines[0], LISTED)
    one = Case.objects.get(reference=first.seen["reference"])
    other = Case.objects.get(reference=second.seen["reference"])
    over_the_api(first, *machines)
    on_pages(Pages(other), rosa, reviewer, eva_herself)
    assert determined(one) == determined(other)
    assert concluded(one) == concluded(other)
    assert told_of(one) == told_of(other)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.status == other.status == "conditions_pending"
    shown = (first.seen, second.seen)
    for name in ("status", "outcome", "tier", "office", "officer", "due_on", "version"):
        assert shown[0][name] == shown[1][name]
