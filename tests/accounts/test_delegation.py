"""A delegate is somebody else, for a bounded time, and either of the two may end it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.domain.delegation import appoint_delegate, end_delegation
from apps.accounts.domain.queries import delegation_of, principals_of
from apps.accounts.models import Delegate, User
from apps.audit.models import Event
from apps.engine.refusal import Refusal
from tests.factories.accounts import NOON, TODAY, TOMORROW, YESTERDAY, PersonFactory

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 24)


def appoint(delegate: User, by: User, *, since: date = YESTERDAY, until: date = LATER) -> Delegate:
    return appoint_delegate(delegate, since=since, until=until, by=by, at=NOON)


def test_a_delegate_acts_for_the_principal_within_the_days_only() -> None:
    host, helper = PersonFactory.create(), PersonFactory.create()
    row = appoint(helper, host, since=TODAY, until=TOMORROW)
    assert str(row) == f"delegate {helper.pk} of {host.pk}"
    days = (YESTERDAY, TODAY, TOMORROW)
    assert [list(principals_of(helper, on=day)) for day in days] == [[], [host], []]
    assert [delegation_of(helper, principal=host, on=day) for day in days] == [None, row, None]
    assert list(principals_of(host, on=TODAY)) == []


@pytest.mark.parametrize("who", ["principal", "delegate"])
def test_either_of_the_two_may_end_it(who: str) -> None:
    row = appoint(PersonFactory.create(), PersonFactory.create())
    end_delegation(row, on=TODAY, by=getattr(row, who), at=NOON)
    assert list(principals_of(row.delegate, on=TODAY)) == []
    assert list(Event.objects.order_by("seq").values_list("verb", "payload__until")) == [
        ("delegate_appointed", "2026-12-24"),
        ("delegation_ended", "2026-11-23"),
    ]


def test_nobody_else_may_end_it() -> None:
    row = appoint(PersonFactory.create(), PersonFactory.create())
    with pytest.raises(Refusal) as refused:
        end_delegation(row, on=TODAY, by=PersonFactory.create(), at=NOON)
    assert refused.value.code == "not_your_delegation"


@pytest.mark.parametrize("on", [YESTERDAY, LATER])
def test_it_ends_within_its_days_only(on: date) -> None:
    row = appoint(PersonFactory.create(), PersonFactory.create())
    with pytest.raises(Refusal) as refused:
        end_delegation(row, on=on, by=row.principal, at=NOON)
    assert refused.value.code == "already_ended"


def test_a_second_delegation_of_the_same_days_is_refused() -> None:
    row = appoint(PersonFactory.create(), PersonFactory.create())
    with pytest.raises(Refusal) as refused:
        appoint(row.delegate, row.principal, since=TODAY, until=TOMORROW)
    assert refused.value.code == "already_delegate"


def test_oneself_and_no_day_at_all_are_refused() -> None:
    host, helper = PersonFactory.create(), PersonFactory.create()
    for delegate, until, code in (
        (host, LATER, "own_delegate"),
        (helper, YESTERDAY, "ends_before_it_begins"),
    ):
        with pytest.raises(Refusal) as refused:
            appoint(delegate, host, until=until)
        assert refused.value.code == code
    for bad in ({"delegate": host}, {"until": TODAY}):
        values = {"principal": host, "delegate": helper, "since": TODAY, "until": LATER, **bad}
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegate.objects.create(**values)
