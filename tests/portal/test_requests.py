"""My requests: mine only, those that wait for me first, at a fixed cost."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.cases.domain.intake import open_draft
from apps.cases.enums import CaseKind
from apps.cases.models import Case
from apps.portal.parts.requests import lines_of
from tests.factories.accounts import PersonFactory
from tests.factories.workflow import NOON, House, draft, submitted
from tests.portal.conftest import Browser
from tests.portal.reading import Page

LIST = "/requests/"
# session, person, going on: count and rows, ended: count and rows, shares, open cells; then the
# frame: institution, roles, notices, edition, lists
QUERIES = 13


def test_a_person_without_requests_is_told_how_to_begin(home: House, browser: Browser) -> None:
    page = Page(browser(home.researcher).get(LIST))
    assert "No request yet" in page.words
    assert page.all("form", action="/requests/new/")


def test_a_new_request_is_a_draft_at_the_first_page_of_its_form(
    home: House, browser: Browser
) -> None:
    answer = browser(home.researcher).post("/requests/new/", follow=True)
    case = Case.objects.get()
    assert (case.owner, case.kind, case.status) == (home.researcher, "visit", "draft")
    assert answer.redirect_chain[-1][0] == f"/cases/{case.reference}/write/request/"


def test_only_own_requests_are_listed(home: House, browser: Browser) -> None:
    mine = draft(home)
    stranger = PersonFactory.create(institution=home.institution)
    theirs = open_draft(kind=CaseKind.VISIT, by=stranger, at=NOON)
    words = Page(browser(home.researcher).get(LIST)).words
    assert (mine.reference in words, theirs.reference in words) == (True, False)


def test_what_waits_for_the_requester_comes_first(home: House) -> None:
    waiting, other = draft(home), submitted(home)
    waiting.status = "awaiting_requester"
    assert [line.case for line in lines_of([other, waiting])] == [waiting, other]


def test_an_open_answer_is_listed_as_open(home: House, browser: Browser) -> None:
    submitted(home, None)
    assert "One question open" in Page(browser(home.researcher).get(LIST)).words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_for_one_three_and_many(
    home: House,
    browser: Browser,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _each in range(number):
        open_draft(kind=CaseKind.VISIT, by=home.researcher, at=NOON)
    client = browser(home.researcher)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        page = Page(client.get(LIST))
    assert len([link for link in page.links() if link.startswith("/cases/")]) == min(number, 25)


def test_a_second_page_is_reached_by_a_link(home: House, browser: Browser) -> None:
    for _each in range(26):
        open_draft(kind=CaseKind.VISIT, by=home.researcher, at=NOON)
    client = browser(home.researcher)
    assert "?page=2" in Page(client.get(LIST)).links()
    assert "page 2 of 2, 26 in all" in Page(client.get(f"{LIST}?page=2")).words
    assert "page 1 of 2" in Page(client.get(f"{LIST}?page=first")).words
