"""Assignments: one open at a time, with reasons, and an office for every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import Office
from apps.engine.refusal import Refusal
from apps.routing.domain.assign import (
    assign_officer,
    assignments_of,
    current_assignment,
    end_assignment,
    place_case,
    shift_due,
)
from apps.routing.models import Assignment
from tests.factories.law import enact, small_rows
from tests.factories.screening import determined
from tests.factories.workflow import NOON, TODAY, draft, house, in_review

pytestmark = pytest.mark.django_db


def test_a_case_is_in_one_pair_of_hands() -> None:
    home = house()
    case = in_review(home)
    later = NOON + timedelta(hours=1)
    assign_officer(case, home.second, by=home.reviewer, at=later)
    newest, middle, first = assignments_of(case)
    assert [row.until for row in (first, middle, newest)] == [NOON, later, None]
    assert newest.why == [f"Given by {home.reviewer.display_name}."]
    assert current_assignment(case) == newest
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(case=case).update(until=None)


def test_a_case_that_lies_nowhere_cannot_be_given_to_anybody() -> None:
    home = house()
    case = draft(home)
    assert shift_due(case, paused=TODAY, resumed=TODAY) is None
    with pytest.raises(Refusal) as refused:
        assign_officer(case, home.reviewer, by=home.reviewer, at=NOON)
    assert refused.value.code == "not_routed"


def test_an_ended_assignment_stays_on_record() -> None:
    case = in_review(house())
    end_assignment(case, at=NOON)
    assert current_assignment(case) is None
    assert len(assignments_of(case)) == 2


def test_charters_of_other_institutions_take_nothing() -> None:
    made = determined(house())
    Office.objects.filter(slug="central").update(slug="other")
    placed = place_case(made.case, made, on=TODAY)
    assert placed.office.slug == "other"
    assert placed.route.why == (
        "No charter in force takes this case, so the catch-all office does.",
    )


def test_an_institution_without_a_catch_all_is_refused_by_name() -> None:
    made = determined(house())
    Office.objects.update(catch_all=False)
    Office.objects.filter(slug="central").update(slug="other")
    with pytest.raises(Refusal) as refused:
        place_case(made.case, made, on=TODAY)
    assert refused.value.code == "no_catch_all"


def test_research_areas_and_regimes_in_play_can_be_named_by_a_charter() -> None:
    home = house()
    made = determined(home)
    made.facts["items"]["technology"]["areas"] = {"value": ["XA/Photonics"], "source": "form"}
    rows = small_rows()
    named = replace(
        rows.charters[0],
        office="engineering",
        units=(),
        areas=("XA/Photonics",),
        regimes=("XA-LAW",),
    )
    enact(NOON, rows=replace(rows, charters=(named, rows.charters[1])), name="second")
    placed = place_case(made.case, made, on=TODAY)
    assert placed.office == home.engineering
    assert placed.route.why[0] == (
        "Its charter names the regime XA-LAW and the research area XA/Photonics."
    )


def test_an_excluded_regime_is_not_in_play() -> None:
    home = house()
    made = determined(home)
    made.record["exposures"][0]["regimes"][0]["outcome"] = "excluded"
    rows = small_rows()
    named = replace(rows.charters[0], office="engineering", units=(), regimes=("XA-LAW",))
    enact(NOON, rows=replace(rows, charters=(named, rows.charters[1])), name="second")
    assert place_case(made.case, made, on=TODAY).office == home.office
