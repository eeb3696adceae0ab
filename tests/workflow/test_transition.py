"""The one door: version, guards, history and notices hang on it, and a refusal leaves no trace."""

from __future__ import annotations

import pytest

from apps.accounts.domain.actors import SystemActor
from apps.audit.domain.history import events_of
from apps.cases.models import Case
from apps.engine.lifecycle import Decision, Verb
from apps.engine.refusal import Refusal
from apps.notices.models import Notice
from apps.screening.domain.ruling import Ruling
from apps.screening.models import Recommendation
from apps.workflow.domain.case.decide import decide_case
from apps.workflow.domain.case.take import take_case
from apps.workflow.domain.transition import admit, by_system, move
from tests.factories.cases import CaseFactory
from tests.factories.workflow import FREE, NOON, UNTIL, house, in_review, recommended, submitted

pytestmark = pytest.mark.django_db


def _events(case: Case) -> int:
    return len(events_of(f"case:{case.reference}"))


def test_a_move_counts_the_version_up_by_one_and_tells_history_once() -> None:
    home = house()
    case = submitted(home)
    version, events = case.version, _events(case)
    take_case(case, by=home.reviewer, version=version, at=NOON)
    assert (case.version, _events(case)) == (version + 1, events + 1)
    told = events_of(f"case:{case.reference}")[-1]
    assert told.by == f"user:{home.reviewer.public_id}"
    assert told.payload == {
        "from": "triage",
        "to": "in_review",
        "version": version + 1,
        "officer": str(home.reviewer.public_id),
    }


def test_an_old_version_is_refused_and_names_who_was_first() -> None:
    home = house()
    case = submitted(home)
    opened = case.version
    take_case(case, by=home.reviewer, version=opened, at=NOON)
    with pytest.raises(Refusal) as refused:
        take_case(case, by=home.second, version=opened, at=NOON)
    assert refused.value.what == (
        f"This request has changed since you opened it. {home.reviewer} took the request into"
        " review. (23 November 2026 at 12:00 UTC)"
    )
    assert (refused.value.found, refused.value.valid) == (str(opened), str(opened + 1))


def test_a_case_without_history_is_refused_without_a_name() -> None:
    home = house()
    case = CaseFactory.create(owner=home.researcher)
    with pytest.raises(Refusal) as refused:
        admit(case, Verb.SUBMIT, by=home.researcher, version=7, at=NOON)
    assert refused.value.what == "Somebody has changed this request since you opened it."


def test_a_row_that_moved_on_behind_the_hand_is_not_written_over() -> None:
    home = house()
    case = submitted(home)
    turn = admit(case, Verb.TAKE, by=home.reviewer, version=case.version, at=NOON)
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    with pytest.raises(Refusal) as refused:
        move(turn, officer=home.reviewer)
    assert refused.value.code == "stale_version"


def test_a_refused_verb_leaves_rows_history_notices_and_the_case_in_hand_as_they_were() -> None:
    home = house()
    case = in_review(home, FREE)
    before = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    events, notices = _events(case), Notice.objects.count()
    ruling = Ruling(outcome=Decision.APPROVE_WITH_CONDITIONS, reason="With care.", until=UNTIL)
    with pytest.raises(Refusal) as refused:
        decide_case(case, ruling, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "no_condition"  # found out after the move was made
    assert before == {name: getattr(case, name) for name in before}
    assert before == Case.objects.filter(pk=case.pk).values(*before).get()
    assert (_events(case), Notice.objects.count()) == (events, notices)


def test_the_system_makes_only_the_moves_that_are_its_own() -> None:
    home = house()
    case = submitted(home)
    with pytest.raises(Refusal) as refused:
        move(by_system(case, Verb.TAKE, by=SystemActor("clock"), at=NOON))
    assert refused.value.code == "person_required"


def test_clearing_without_review_is_off() -> None:
    home = house()
    case = submitted(home, FREE)
    Case.objects.filter(pk=case.pk).update(status="screening", office=None)
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refusal) as refused:
        move(by_system(case, Verb.CLEAR, by=SystemActor("screening"), at=NOON))
    assert refused.value.code == "unmet_approval_possible"
    assert "The office has not switched on clearing without review." in refused.value.what


def test_nobody_is_told_of_the_own_deed() -> None:
    home = house()
    case = recommended(home)
    told = Notice.objects.filter(event="case.recommend").values_list("to", flat=True)
    assert home.reviewer.pk not in set(told)
    assert Recommendation.objects.get(case=case).author == home.reviewer


def test_notices_of_one_move_are_left_once() -> None:
    home = house()
    submitted(home)
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 2  # the requester and triage
