"""Two at once: one wins, the other is told who was first, when, and with what."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.audit.domain.history import events_of
from apps.cases.models import Case
from apps.engine.lifecycle import Decision
from apps.engine.refusal import Refusal
from apps.screening.domain.ruling import Ruling
from apps.screening.models import CaseDecision, Determination, Recommendation, Signature
from apps.workflow.domain.case.countersign import countersign
from apps.workflow.domain.case.decide import decide_case
from apps.workflow.domain.case.recommend import recommend
from apps.workflow.domain.case.submit import submit_case
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    NOON,
    UNTIL,
    draft,
    house,
    in_review,
    recommended,
)

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[Case], object]


def at_once(case: Case, *deeds: Deed) -> list[Refusal]:
    """Let several deeds begin together, each on its own connection; the refusals there were."""
    start = Barrier(len(deeds))

    def run(deed: Deed) -> Refusal | None:
        try:
            mine = Case.objects.get(pk=case.pk)
            start.wait(timeout=30)
            deed(mine)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        answers = list(pool.map(run, deeds))
    return [refusal for refusal in answers if refusal is not None]


def _told(refusal: Refusal, *people: User) -> None:
    assert refusal.code == "stale_version"
    assert any(person.display_name in refusal.what for person in people)
    assert "23 November 2026 at 12:00 UTC" in refusal.what


def test_two_officers_decide_at_once_and_one_is_told_of_the_other() -> None:
    home = house()
    case = in_review(home, FREE)
    opened = case.version
    ruling = Ruling(outcome=Decision.APPROVE, reason="Plain.", until=UNTIL)

    def by(officer: User) -> Deed:
        return lambda mine: decide_case(mine, ruling, by=officer, version=opened, at=NOON)

    refused = at_once(case, by(home.reviewer), by(home.second))
    assert len(refused) == 1
    _told(refused[0], home.reviewer, home.second)
    assert CaseDecision.objects.count() == 1
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.version) == ("approved", opened + 1)
    verbs = [entry.verb for entry in events_of(f"case:{case.reference}")]
    assert verbs.count("decide") == 1


def test_a_request_sent_several_times_at_once_is_submitted_once() -> None:
    home = house()
    case = draft(home)
    opened = case.version

    def send(mine: Case) -> object:
        return submit_case(mine, by=home.researcher, version=opened, at=NOON)

    refused = at_once(case, send, send, send)
    assert [refusal.code for refusal in refused] == ["stale_version", "stale_version"]
    assert Determination.objects.count() == 1
    assert Case.objects.get(pk=case.pk).status == "triage"


def test_two_recommendations_at_once_make_one_version() -> None:
    home = house()
    case = in_review(home, EXCEPTION)
    opened = case.version
    ruling = Ruling(outcome=Decision.REFUSE, reason="No.")

    def by(officer: User) -> Deed:
        return lambda mine: recommend(mine, ruling, by=officer, version=opened, at=NOON)

    refused = at_once(case, by(home.reviewer), by(home.official))
    assert len(refused) == 1
    _told(refused[0], home.reviewer, home.official)
    assert Recommendation.objects.count() == 1


def test_two_signatures_at_once_make_one_decision() -> None:
    home = house()
    case = recommended(home)
    opened = case.version

    def by(officer: User) -> Deed:
        return lambda mine: countersign(mine, by=officer, version=opened, at=NOON)

    refused = at_once(case, by(home.second), by(home.official))
    assert len(refused) == 1
    assert (Signature.objects.count(), CaseDecision.objects.count()) == (1, 1)
