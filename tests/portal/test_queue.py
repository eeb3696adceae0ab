"""The queue of an office: its cases only, due first, narrowed by links, at a fixed cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from apps.cases.models import Case
from apps.engine.lifecycle import Status
from apps.portal.parts.due import due_of
from apps.portal.parts.queue import chips_of, groups_of, narrowed_by
from tests.factories.workflow import FREE, LICENCE, TODAY, House, in_review, submitted
from tests.portal.conftest import Browser
from tests.portal.reading import Page

QUEUE = "/queue/"
# session, person, roles of the view, count and rows, open cells; then the frame: institution,
# roles, notices, edition, lists
QUERIES = 11


def test_an_officer_reads_the_cases_of_the_office(home: House, browser: Browser) -> None:
    case = submitted(home, LICENCE)
    page = Page(browser(home.reviewer).get(QUEUE))
    assert f"/cases/{case.reference}/" in page.links()
    assert "Licence" in page.words
    assert "T4" in page.words


def test_a_person_of_no_office_finds_nothing_there(home: House, browser: Browser) -> None:
    assert browser(home.researcher).get(QUEUE).status_code == 404


def test_an_empty_queue_says_so_and_an_empty_filter_how_to_widen_it(
    home: House, browser: Browser
) -> None:
    client = browser(home.reviewer)
    assert "Nothing is waiting" in Page(client.get(QUEUE)).words
    assert "Nothing fits these filters" in Page(client.get(f"{QUEUE}?tier=T0")).words


def test_filters_are_links_that_keep_each_other_and_switch_off(home: House) -> None:
    chips = {chip.word: chip for chip in chips_of(QueryDict("tier=T2&whose=mine"))}
    assert (chips["T2"].on, chips["T3"].on, chips["Mine"].on) == (True, False, True)
    assert chips["T2"].href == "?whose=mine"
    assert chips["T3"].href == "?whose=mine&tier=T3"


def test_a_filter_narrows_what_it_says(home: House) -> None:
    asked = narrowed_by(QueryDict("tier=T2&tier=T9&whose=mine&q=visit"), home.reviewer)
    assert (asked.tiers, asked.officer, asked.text) == (("T2",), home.reviewer, "visit")
    nobody = narrowed_by(QueryDict("whose=nobody&waiting=1"), home.reviewer)
    assert (nobody.officer, nobody.unassigned) == (None, True)
    assert Status.AWAITING_REQUESTER in nobody.statuses


def test_mine_shows_only_what_is_in_my_hands(home: House, browser: Browser) -> None:
    mine, other = in_review(home), submitted(home)
    words = Page(browser(home.reviewer).get(f"{QUEUE}?whose=mine")).words
    assert (mine.reference in words, other.reference in words) == (True, False)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-2, "2 days over", "hot"), (0, "today", "am"), (1, "24 Nov", "am"), (20, "13 Dec", "ok")],
)
def test_a_due_day_says_how_urgent_it_is(days: int, words: str, tone: str) -> None:
    due = due_of(TODAY + timedelta(days=days), on=TODAY)
    assert (due.words, due.tone) == (words, tone)


def test_a_case_without_due_day_has_no_bar() -> None:
    assert due_of(None, on=TODAY).share is None


def test_cases_stand_in_groups_by_urgency() -> None:
    def case(days: int | None, status: str = "triage") -> Case:
        return Case(status=status, due_on=None if days is None else TODAY + timedelta(days=days))

    cases = [case(None), case(9), case(3), case(0), case(-1), case(1, "awaiting_requester")]
    cases.append(case(None, "approved"))
    named = [(group.name, len(group.rows)) for group in groups_of(cases, opened={}, on=TODAY)]
    assert named == [
        ("Past target", 1),
        ("Due today", 1),
        ("This week", 1),
        ("Later", 2),
        ("Waiting on others, clock stopped", 1),
        ("Decided", 1),
    ]


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_queue_costs_the_same_for_one_three_and_many(
    home: House,
    browser: Browser,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _each in range(number):
        submitted(home, FREE)
    client = browser(home.reviewer)
    client.get(QUEUE)
    with django_assert_num_queries(QUERIES):
        page = Page(client.get(QUEUE))
    assert len([link for link in page.links() if link.startswith("/cases/")]) == number
