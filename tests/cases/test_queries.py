"""Lists show the right cases in a stable order, page by page, at a fixed cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from apps.accounts.domain.permission import permissions_of
from apps.accounts.models import Office, User
from apps.cases.domain.queries import (
    MOST_A_PAGE,
    OPEN,
    QueueFilter,
    office_queue,
    own_requests,
    page_of,
    shared_requests,
)
from apps.cases.models import Case
from apps.engine.lifecycle import Role, Status
from tests.cases.test_access import WHOLE_TABLE, plan_of
from tests.factories.accounts import (
    TODAY,
    TOMORROW,
    OfficeFactory,
    PersonFactory,
    hold,
    officer_at,
)
from tests.factories.cases import MORNING, CaseFactory, shared

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)


@pytest.fixture
def office() -> Office:
    return OfficeFactory.create()


@pytest.fixture
def officer(office: Office) -> User:
    return officer_at(office)


def queue(person: User, **narrowed: object) -> list[Case]:
    return list(office_queue(person, on=TODAY, narrowed=QueueFilter(**narrowed)))  # type: ignore[arg-type]


def test_own_requests_come_newest_first_and_no_other_ones() -> None:
    host = PersonFactory.create()
    old, new, done = (
        CaseFactory.create(owner=host, created_at=MORNING - timedelta(days=age), status=status)
        for age, status in ((2, "draft"), (0, "triage"), (1, "withdrawn"))
    )
    CaseFactory.create()
    assert list(own_requests(host)) == [new, done, old]
    assert list(own_requests(host, final=False)) == [new, old]
    assert list(own_requests(host, final=True)) == [done]


def test_shared_requests_are_those_of_the_day() -> None:
    guest, first, second = PersonFactory.create(), CaseFactory.create(), CaseFactory.create()
    shared(first, guest)
    shared(second, guest, since=TOMORROW, until=DUE)
    assert list(shared_requests(guest, on=TODAY)) == [first]


def test_the_queue_is_most_urgent_first_with_undated_ones_last_and_ties_by_number(
    office: Office, officer: User
) -> None:
    days = [None, DUE, TODAY, DUE, None]
    undated, later, first, later_too, undated_too = (
        CaseFactory.create(at_office=True, office=office, due_on=day) for day in days
    )
    assert queue(officer) == [first, later, later_too, undated, undated_too]


def test_the_queue_holds_what_is_open_unless_a_status_is_asked_for(
    office: Office, officer: User
) -> None:
    cases = {
        status: CaseFactory.create(
            office=office, status=status.value, approved_until=DUE, reference=f"CS-2026-1{n:03d}"
        )
        for n, status in enumerate(Status)
        if status is not Status.DRAFT
    }
    assert set(queue(officer)) == {cases[status] for status in OPEN}
    assert queue(officer, statuses=(Status.CLOSED,)) == [cases[Status.CLOSED]]


def test_the_queue_shows_no_office_where_the_person_may_not_view(officer: User) -> None:
    other = CaseFactory.create(at_office=True, office=OfficeFactory.create())
    assert queue(officer) == []
    assert queue(officer, offices=(other.office_id,)) == []
    assert queue(PersonFactory.create(is_superuser=True)) == []
    assert queue(other.owner) == []


def test_the_queue_narrows_by_office_tier_officer_day_and_words(
    office: Office, officer: User
) -> None:
    second = OfficeFactory.create()
    hold(officer, second, Role.AUDITOR)
    host = PersonFactory.create(display_name="Ada Example")
    plain = CaseFactory.create(at_office=True, office=office, title="Lasers 100%")
    marked = CaseFactory.create(
        at_office=True,
        office=second,
        title="Batteries",
        tier="T4",
        officer=officer,
        due_on=TODAY,
        owner=host,
    )
    for narrowed, found in (
        ({"offices": (second.pk,)}, [marked]),
        ({"tiers": ("T4", "T3")}, [marked]),
        ({"officer": officer}, [marked]),
        ({"unassigned": True}, [plain]),
        ({"due_until": TODAY}, [marked]),
        ({"text": "batt ada"}, [marked]),
        ({"text": marked.reference.lower()}, [marked]),
        ({"text": "100%"}, [plain]),
        ({"text": "%"}, [plain]),
        ({"text": "x' OR 1=1"}, []),
        ({"text": "\x00"}, [marked, plain]),
        ({"text": "Lasers", "tiers": ("T4",)}, []),
    ):
        assert queue(officer, **narrowed) == found, narrowed


@given(size=st.integers(1, 4), count=st.integers(0, 9))
def test_pages_show_every_case_once_and_in_order(size: int, count: int) -> None:
    host = PersonFactory.create()
    for _ in range(count):
        CaseFactory.create(owner=host)
    first = page_of(own_requests(host), size=size)
    pages = [page_of(own_requests(host), page=n + 1, size=size) for n in range(first.pages)]
    assert [case for page in pages for case in page.cases] == list(own_requests(host))
    assert first.total == count
    Case.objects.all().delete()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [((0, 2), (1, 2)), ((99, 2), (2, 2)), ((1, 0), (1, 1)), ((-3, 9999), (1, MOST_A_PAGE))],
)  # fmt: skip
def test_a_page_out_of_bounds_is_the_nearest_one(
    asked: tuple[int, int], shown: tuple[int, int]
) -> None:
    host = PersonFactory.create()
    for _ in range(3):
        CaseFactory.create(owner=host)
    page = page_of(own_requests(host), page=asked[0], size=asked[1])
    assert (page.page, page.size) == shown


def read_all(cases: list[Case]) -> set[object]:
    return {
        (case.owner.display_name, case.office, case.officer, case.institution) for case in cases
    }


@pytest.mark.parametrize("count", [1, 3, 30])
def test_lists_cost_the_same_for_one_case_and_for_many(
    count: int, office: Office, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        shared(CaseFactory.create(owner=officer), PersonFactory.create())
        shared(CaseFactory.create(at_office=True, office=office, officer=officer), officer)
    held = permissions_of(officer, on=TODAY)
    with django_assert_num_queries(2):
        read_all(list(page_of(own_requests(officer)).cases))
    with django_assert_num_queries(3):
        read_all(list(page_of(shared_requests(officer, on=TODAY)).cases))
    with django_assert_num_queries(3):
        read_all(list(page_of(office_queue(officer, on=TODAY)).cases))
    with django_assert_num_queries(2):
        read_all(list(page_of(office_queue(officer, on=TODAY, permissions=held)).cases))


def test_no_list_walks_through_the_whole_table_of_cases(office: Office, officer: User) -> None:
    shared(CaseFactory.create(), officer)
    hold(officer, OfficeFactory.create())
    CaseFactory.create(at_office=True, office=office)
    for cases in (
        own_requests(officer),
        shared_requests(officer, on=TODAY),
        office_queue(officer, on=TODAY),
    ):
        plan = plan_of(cases)
        assert not WHOLE_TABLE.search(plan), plan
