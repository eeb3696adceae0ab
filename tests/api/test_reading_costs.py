"""What it costs to read a case: a literal number of queries, whatever has happened to it."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from tests.api.life import OPEN, PLAIN, Visit, open_visit

pytestmark = pytest.mark.usefixtures("law")
COSTS = {
    "": 3,
    "/facts": 4,
    "/determination": 6,
    "/history": 9,
    "/actions": 13,
    "/questions": 4,
    "/conditions": 4,
    "/decisions": 4,
}


def asked(rosa: APIClient, otto: APIClient, times: int) -> Visit:
    """A case with so many rounds of a question and its answer."""
    visit = open_visit(rosa, PLAIN)
    visit.done(rosa, "submit")
    for number in range(times):
        visit.done(otto, "ask", questions=[{"text": f"Question {number}?"}, {"text": "And why?"}])
        open_now = rosa.get(f"{visit.place}/questions").json()
        visit.done(rosa, "answer", answers={str(one["id"]): "So." for one in open_now})
    visit.done(otto, "ask", questions=[{"text": f"Last {number}?"} for number in range(times)])
    return visit


@pytest.mark.parametrize("times", [1, 3])
def test_reading_costs_the_same_however_much_has_happened(
    rosa_asks: APIClient,
    otto: APIClient,
    django_assert_num_queries: DjangoAssertNumQueries,
    times: int,
) -> None:
    visit = asked(rosa_asks, otto, times)
    for below, queries in COSTS.items():
        rosa_asks.get(f"{visit.place}{below}")
        with django_assert_num_queries(queries, info=below):
            assert rosa_asks.get(f"{visit.place}{below}").status_code == 200


def test_head_answers_as_get_does_without_the_body(rosa_asks: APIClient) -> None:
    visit = open_visit(rosa_asks, OPEN)
    head = rosa_asks.head(visit.place)
    assert (head.status_code, head.headers["ETag"]) == (200, '"2"')
