"""Submitting: frozen, checked, determined and routed in one transaction, or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest

from apps.audit.domain.history import events_of
from apps.cases.models import Case
from apps.engine.refusal import Refusal, Refusals
from apps.routing.models import Assignment
from apps.screening.models import Determination, ListHit
from apps.watchlists.models import ListVersion
from apps.workflow.domain.case.submit import submit_case
from tests.factories.accounts import PersonFactory
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    LICENCE,
    LISTED,
    NOON,
    answers,
    draft,
    house,
    submitted,
)

pytestmark = pytest.mark.django_db


def _verbs(case: Case) -> list[tuple[str, str]]:
    return [
        (entry.verb, entry.by.partition(":")[0]) for entry in events_of(f"case:{case.reference}")
    ]


def test_a_submission_is_two_moves_of_two_actors_and_two_events() -> None:
    case = submitted(house())
    assert _verbs(case)[-2:] == [("submit", "user"), ("screened", "system")]
    assert case.status == "triage"
    assert case.version == Case.objects.get().version == 4  # opened, answered, submitted, screened


@pytest.mark.parametrize(
    ("country", "outcome", "tier", "due_on"),
    [
        (EXCEPTION, "exception:TSR", "T3", date(2026, 12, 14)),
        (LICENCE, "licence_required", "T4", date(2026, 12, 14)),
        (FREE, "no_licence_required", "T1", date(2026, 11, 25)),
        (None, "needs_information", "T2", date(2026, 11, 30)),
    ],
)
def test_the_case_carries_what_was_determined_and_by_when(
    country: str | None, outcome: str, tier: str, due_on: date
) -> None:
    case = submitted(house(), country)
    assert (case.outcome, case.tier, case.due_on) == (outcome, tier, due_on)


def test_the_determination_keeps_its_inputs_and_its_digests() -> None:
    case = submitted(house())
    made = Determination.objects.get(case=case)
    assert (made.number, made.cause, made.edition_id, made.on) == (
        1,
        "submit",
        "small",
        NOON.date(),
    )
    assert made.lists_complete
    assert [entry["list"] for entry in made.lists] == ["XA-LIST"]
    assert made.facts["people"]["visitor"]["hits"]["value"] == []
    assert (made.open, made.open_questions, made.open_conditions) == (0, 0, 1)


def test_the_event_names_the_determination_and_the_route() -> None:
    case = submitted(house())
    told = events_of(f"case:{case.reference}")[-1].payload
    made = Determination.objects.get(case=case)
    assert told["determination"] == made.digest
    assert told["office"] == "central"
    assert told["why"] == [
        "No charter names this case, so the catch-all office takes it.",
        "Source: 1 XA 1.",
    ]


def test_the_charter_of_the_unit_takes_its_cases_and_says_why() -> None:
    home = house()
    owner = PersonFactory.create(institution=home.institution, unit=home.department)
    case = draft(home, by=owner)
    submit_case(case, by=owner, version=case.version, at=NOON)
    assert case.office == home.engineering
    held = Assignment.objects.get(case=case)
    assert held.why[0] == "Its charter names the unit engineering."
    assert (held.office, held.desk, held.officer, held.until) == (
        home.engineering,
        "triage",
        None,
        None,
    )


def test_a_listed_name_is_found_and_waits_for_an_officer() -> None:
    case = submitted(house(), FREE, **{"people.visitor.name": f"  {LISTED} "})
    hit = ListHit.objects.get(case=case)
    assert (hit.party, hit.listed_id, hit.state) == ("people.visitor", "north", "open")
    assert case.tier == "T2"
    assert case.outcome == "needs_information"


def test_without_an_active_list_nothing_is_said_to_be_without_a_hit() -> None:
    home = house()
    ListVersion.objects.update(active=False)
    case = submitted(home, FREE)
    made = Determination.objects.get(case=case)
    assert case.status == "screening_incomplete"
    assert (case.outcome, case.tier, case.office) == ("", "", None)
    assert not made.lists_complete
    assert made.lists_why == "XA-LIST: no active version"
    assert "hits" not in made.facts["people"]["visitor"]
    assert _verbs(case)[-1] == ("screening_failed", "system")


def test_a_draft_that_releases_nothing_is_refused_and_nothing_is_kept() -> None:
    home = house()
    case = draft(home, {"people.visitor.name": "Lin"})
    with pytest.raises(Refusal) as refused:
        submit_case(case, by=case.owner, version=case.version, at=NOON)
    assert refused.value.code == "unmet_something_to_screen"
    assert Determination.objects.count() == 0
    assert Case.objects.get().status == "draft"


def test_a_party_without_a_name_is_refused_by_its_place() -> None:
    home = house()
    given = answers()
    del given["people.visitor.name"]
    case = draft(home, given)
    with pytest.raises(Refusals) as refused:
        submit_case(case, by=case.owner, version=case.version, at=NOON)
    assert [(item.code, item.where) for item in refused.value.items] == [
        ("name_missing", "people.visitor.name")
    ]
    assert Case.objects.get().status == "draft"


def test_a_second_submission_of_the_same_version_is_refused_by_name() -> None:
    home = house()
    case = draft(home)
    opened = case.version
    submit_case(case, by=case.owner, version=opened, at=NOON)
    with pytest.raises(Refusal) as refused:
        submit_case(case, by=case.owner, version=opened, at=NOON)
    assert refused.value.code == "stale_version"
    assert Determination.objects.count() == 1


def test_only_the_requesting_side_submits() -> None:
    home = house()
    case = draft(home)
    with pytest.raises(Refusal) as refused:
        submit_case(case, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "not_entitled"
