"""A share shows one case to one person, for a scope and a time; sharing and ending are told."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Event
from apps.cases.domain.access import visible_cases
from apps.cases.domain.sharing import end_share, share_case
from apps.cases.enums import ShareScope
from apps.cases.models import Case, CaseFact, CaseShare
from apps.engine.refusal import Refusal
from tests.factories.accounts import NOON, TODAY, TOMORROW, YESTERDAY, PersonFactory
from tests.factories.cases import CaseFactory, answer, shared

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 24)


def share(case: Case, person: object, **more: object) -> CaseShare:
    told = {
        "scope": ShareScope.READ,
        "since": TODAY,
        "until": LATER,
        "by": case.owner,
        "at": NOON,
        **more,
    }
    return share_case(case, person, **told)  # type: ignore[arg-type]


def test_sharing_again_moves_the_days_and_another_scope_is_another_share() -> None:
    case, guest = CaseFactory.create(), PersonFactory.create()
    share(case, guest)
    share(case, guest, until=TOMORROW)
    share(case, guest, scope=ShareScope.EDIT)
    rows = CaseShare.objects.order_by("pk").values_list("scope", "since", "until")
    assert list(rows) == [("read_case", TODAY, TOMORROW), ("edit_case", TODAY, LATER)]
    assert [event.verb for event in Event.objects.all()] == ["share"] * 3
    assert Event.objects.order_by("seq")[0].payload == {
        "person": str(guest.public_id),
        "scope": "read_case",
        "since": "2026-11-23",
        "until": "2026-12-24",
    }


@pytest.mark.parametrize(
    ("on", "left"), [(YESTERDAY, None), (TODAY, None), (TOMORROW, (TODAY, TOMORROW))]
)
def test_ending_keeps_what_was_and_takes_away_what_never_began(
    on: date, left: tuple[date, date] | None
) -> None:
    case, guest = CaseFactory.create(), PersonFactory.create()
    row = share(case, guest)
    end_share(row, on=on, by=case.owner, at=NOON)
    assert CaseShare.objects.values_list("since", "until").first() == left
    assert set(visible_cases(guest, on=on)) == set()
    assert [event.verb for event in Event.objects.order_by("seq")] == ["share", "end_share"]


def test_what_has_ended_does_not_end_again() -> None:
    case = CaseFactory.create()
    row = shared(case, PersonFactory.create(), until=TODAY)
    with pytest.raises(Refusal) as refused:
        end_share(row, on=TODAY, by=case.owner, at=NOON)
    assert refused.value.code == "already_ended"


def test_no_share_without_an_end_and_none_for_the_owner() -> None:
    case, guest = CaseFactory.create(), PersonFactory.create()
    for person, until, code in (
        (guest, TODAY, "ends_before_it_begins"),
        (case.owner, LATER, "owner_sees_it"),
    ):
        with pytest.raises(Refusal) as refused:
            share(case, person, until=until)
        assert refused.value.code == code
    row = share(case, guest)
    for bad in ({"until": TODAY}, {"scope": "everything"}, {"until": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseShare.objects.filter(pk=row.pk).update(**bad)


@pytest.mark.parametrize(
    "bad",
    [
        {"status": "limbo"},
        {"kind": "party"},
        {"tier": "T9"},
        {"tier": "T1"},  # a draft has none
        {"outcome": "excluded"},
        {"changed_at": NOON.replace(year=2025)},
        {"status": "approved"},  # without an end
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(bad: dict[str, object]) -> None:
    case = CaseFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**bad)


def test_an_officer_needs_an_office_and_a_fact_stands_once() -> None:
    case = CaseFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status="triage", officer=case.owner)
    row = answer(case, "activity.nature", "applied")
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(case, row.path, "service")
    assert [str(case), str(row), str(CaseFact.objects.get())] == [
        case.reference,
        row.path,
        row.path,
    ]
