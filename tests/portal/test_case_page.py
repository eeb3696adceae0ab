"""A case on its page: the answer first, why, the proof of each cell, and what its reader may do."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.cases.domain.intake import save_facts
from apps.cases.domain.questions import NewQuestion
from apps.cases.domain.sharing import share_case
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.engine.lifecycle import Decision
from apps.workflow.domain.case.ask import ask_requester
from apps.workflow.domain.case.countersign import countersign
from apps.workflow.domain.case.submit import submit_case
from tests.factories.accounts import PersonFactory
from tests.factories.workflow import (
    FREE,
    LICENCE,
    LISTED,
    NOON,
    TODAY,
    UNTIL,
    House,
    answers,
    draft,
    in_review,
    recommended,
    submitted,
)
from tests.portal.conftest import Browser
from tests.portal.reading import Page

# The same for a case with one cell and with many: standing, actions, determination and its
# edition, questions, conditions, history, opinions, and the frame.
REQUESTER_QUERIES = 24
OFFICE_QUERIES = 31


def address(case: Case, query: str = "") -> str:
    return f"/cases/{case.reference}/{query}"


def test_the_first_heading_is_the_answer(home: House, browser: Browser) -> None:
    page = Page(browser(home.researcher).get(address(submitted(home, LICENCE))))
    assert page.headings()[0] == 1
    assert "Licence needed first The government must agree first." in page.words
    assert "This is the answer so far. A person decides." in page.words


def test_reasons_come_with_their_citations_and_edition(home: House, browser: Browser) -> None:
    words = Page(browser(home.researcher).get(address(submitted(home, LICENCE)))).words
    assert "Marked for XC. 1 XA 5 edition small" in words


def test_what_would_change_the_answer_is_told_where_something_would(
    home: House, browser: Browser
) -> None:
    words = Page(browser(home.researcher).get(address(submitted(home, LICENCE)))).words
    assert "What would change the answer" in words
    assert "Use only what is published Outside the rules" in words
    words = Page(browser(home.researcher).get(address(submitted(home, FREE)))).words
    assert "What would change the answer" not in words
    words = Page(browser(home.reviewer).get(address(in_review(home, LICENCE)))).words
    assert "What would change it Use only what is published Outside the rules" in words


def test_where_no_rule_asks_for_anything_that_is_the_reason(home: House, browser: Browser) -> None:
    words = Page(browser(home.researcher).get(address(submitted(home, FREE)))).words
    assert "No licence needed No rule in force asks for a licence for what you described." in words
    assert "that were tested asks for a licence. Facts read: control list entry:" in words


def test_an_exception_whose_terms_are_met_leaves_nothing_to_do(
    home: House, browser: Browser
) -> None:
    signed = {"papers.tsr_assurance.signed": True}
    words = Page(browser(home.researcher).get(address(submitted(home, **signed)))).words
    assert "Allowed with exception TSR It can go ahead under an exception, whose terms" in words


def test_an_open_answer_says_who_moves_next(home: House, browser: Browser) -> None:
    case = submitted(home, None)
    client = browser(home.researcher)
    told = "The office asks you for what it needs of this."
    assert told in Page(client.get(address(case))).words
    question = NewQuestion("Which?", "people.visitor.citizenships")
    ask_requester(case, questions=[question], by=home.reviewer, version=case.version, at=NOON)
    assert told not in Page(client.get(address(case))).words


def test_a_request_asked_about_before_it_was_taken_stands_with_the_office(
    home: House, browser: Browser
) -> None:
    case = submitted(home, None)
    question = NewQuestion("Which?", "people.visitor.citizenships")
    ask_requester(case, questions=[question], by=home.triage, version=case.version, at=NOON)
    page = Page(browser(home.researcher).get(address(case)))
    assert page.html.index('aria-current="step"') < page.html.index("<b>With the office</b>")


def test_an_open_answer_names_best_worst_and_what_it_depends_on(
    home: House, browser: Browser
) -> None:
    words = Page(browser(home.researcher).get(address(submitted(home, None)))).words
    assert "One question open At best: no licence needed. At worst: licence needed first." in words
    assert "Which citizenships does the person hold" in words


def test_every_cell_of_the_matrix_opens_its_own_proof(home: House, browser: Browser) -> None:
    more = {
        "items.technology2.title": "Theory",
        "items.technology2.published": True,
        "releases.r1.what": ["technology", "technology2"],
    }
    case, client = submitted(home, LICENCE, **more), browser(home.reviewer)
    page = Page(client.get(address(case)))
    cells = [link for link in page.links() if link.endswith("#trace")]
    assert cells == [
        "?cell=r1%2Fvisitor%2Ftechnology&regime=XA-LAW#trace",
        "?cell=r1%2Fvisitor%2Ftechnology2&regime=XA-LAW#trace",
    ]
    opened = Page(client.get(address(case, cells[1].partition("#")[0])))
    assert "Lin Invented × Theory" in opened.words
    current = [link for link in opened.all("a") if link.get("aria-current") == "true"]
    assert [link["href"] for link in current if "cell=" in link["href"]] == [cells[1]]


def test_a_cell_that_is_not_there_opens_the_one_that_leads(home: House, browser: Browser) -> None:
    case = submitted(home, LICENCE)
    page = Page(browser(home.reviewer).get(address(case, "?cell=r9/nobody/nothing&regime=X")))
    assert "Lin Invented × A process" in page.words


def test_the_trace_says_fired_did_not_fire_and_not_reached(home: House, browser: Browser) -> None:
    client = browser(home.reviewer)
    words = Page(client.get(address(submitted(home, LICENCE)))).words
    assert "5 Requirements: what does the law ask? Fired, 2 rules" in words
    assert "1 rule that did not fire" in words
    assert "Published technology Did not fire" in words
    free = Page(client.get(address(submitted(home, FREE)))).words
    assert "Technology under restriction Not reached" in free


def test_the_trace_says_unknown_where_a_fact_is_missing(home: House, browser: Browser) -> None:
    words = Page(browser(home.reviewer).get(address(submitted(home, None)))).words
    assert "A reason is marked for the country Unknown" in words


def test_a_rule_opens_its_conditions_with_facts_and_their_source(
    home: House, browser: Browser
) -> None:
    case, client = submitted(home), browser(home.reviewer)
    rule = "small.parties.listed"
    page = Page(client.get(address(case)))
    (link,) = [link for link in page.links() if link.endswith(f"#{rule}")]
    assert "check of the restricted-party lists" not in page.words
    opened = Page(client.get(address(case, link.partition("#")[0])))
    assert "list hits of the person none · check of the restricted-party lists" in opened.words
    assert opened.all("details", id=rule, open="")


def test_the_requester_does_not_read_tier_hits_or_reasons_of_drafts(
    home: House, browser: Browser
) -> None:
    case = recommended(home)
    page = Page(browser(home.researcher).get(address(case)))
    assert not page.all("span", **{"class": "tier tier--3"})
    assert "All is in order." not in page.words
    assert "recommended a decision" in page.words
    assert "All is in order." in Page(browser(home.second).get(address(case))).words


def test_questions_are_answered_on_the_page_of_the_case(home: House, browser: Browser) -> None:
    case = in_review(home)
    asked = [NewQuestion(text="Which room?")]
    ask_requester(case, questions=asked, by=home.reviewer, version=case.version, at=NOON)
    page = Page(browser(home.researcher).get(address(case)))
    assert "Waiting for you. One question." in page.words
    assert page.all("form", action=address(case, "answer/"))
    assert (
        "Asked, not answered Which room?" in Page(browser(home.reviewer).get(address(case))).words
    )


def test_a_decision_stands_as_paper_with_its_reasons_and_end(home: House, browser: Browser) -> None:
    case = recommended(home)
    countersign(case, by=home.official, version=case.version, at=NOON)
    words = Page(browser(home.researcher).get(address(case))).words
    assert "Approved once conditions are met" in words
    assert "This request is approved once its conditions are met. Until 31 May 2027." in words
    assert "All is in order." in words
    names = f"{home.reviewer.display_name} and {home.official.display_name}"
    assert f"Decided by {names}, {home.office.name}, on 23 November 2026." in words
    assert "Signed written assurance on file before the release" in words


def test_a_refusal_gives_its_reasons_before_the_way_it_went(home: House, browser: Browser) -> None:
    case = recommended(home, outcome=Decision.REFUSE)
    countersign(case, by=home.official, version=case.version, at=NOON)
    words = Page(browser(home.researcher).get(address(case))).words
    assert words.index("This request is not approved.") < words.index("Final check")


def test_a_case_that_waits_for_a_second_person_says_that_no_setting_helps(
    home: House, browser: Browser
) -> None:
    words = Page(browser(home.reviewer).get(address(recommended(home)))).words
    assert "Waiting for a second signature. No setting makes one person two." in words
    assert "Countersign. Whoever wrote the recommendation may not countersign" in words


def test_a_hit_is_shown_to_the_office_until_it_is_settled(home: House, browser: Browser) -> None:
    case = submitted(home, LICENCE, **{"people.visitor.name": LISTED})
    page = Page(browser(home.triage).get(address(case)))
    assert f"{LISTED} {LISTED} XA-LIST" in page.words
    assert "To be settled" in page.words
    assert address(case, "settle/") in page.links()


def test_why_the_case_is_here_is_said(home: House, browser: Browser) -> None:
    assert "Why here" in Page(browser(home.reviewer).get(address(submitted(home)))).words


def test_equal_deeds_in_a_row_are_told_once(home: House, browser: Browser) -> None:
    case = draft(home)
    save = {"by": home.researcher, "at": NOON}
    save_facts(case, {"items.technology.title": "A"}, version=case.version, **save)
    save_facts(case, {"items.technology.title": "B"}, version=case.version, **save)
    submit_case(case, by=case.owner, version=case.version, at=NOON)
    words = Page(browser(home.researcher).get(address(case))).words
    assert f"{home.researcher.display_name} saved answers, 3 times." in words


def test_a_draft_is_read_where_it_is_written(home: House, browser: Browser) -> None:
    case = draft(home)
    answer = browser(home.researcher).get(address(case))
    assert answer.headers["Location"] == address(case, "check/")


def test_a_stranger_finds_nothing_whether_it_exists_or_not(home: House, browser: Browser) -> None:
    client = browser(PersonFactory.create(institution=home.institution))
    there, not_there = client.get(address(submitted(home))), client.get("/cases/CS-2026-9999/")
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert Page(there).words == Page(not_there).words


def test_a_colleague_with_whom_it_is_shared_reads_it_and_can_do_nothing(
    home: House, browser: Browser
) -> None:
    case, colleague = submitted(home, LICENCE), PersonFactory.create(institution=home.institution)
    days = {"since": TODAY, "until": UNTIL}
    share_case(case, colleague, scope=ShareScope.READ, by=home.researcher, at=NOON, **days)
    page = Page(browser(colleague).get(address(case)))
    assert "Licence needed first" in page.words
    assert address(case, "withdraw/") not in page.links()


def test_signing_in_comes_first(home: House) -> None:
    case = submitted(home)
    answer = Client().get(address(case))
    assert answer.headers["Location"] == f"/sign-in/?next={address(case)}"


def test_no_cache_keeps_a_case(home: House, browser: Browser) -> None:
    answer = browser(home.researcher).get(address(submitted(home)))
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3, 12])
def test_a_case_costs_the_same_whatever_is_released(
    home: House,
    browser: Browser,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    names = [f"technology{place}" for place in range(number)]
    facts = answers(LICENCE)
    facts |= {f"items.{name}.title": name for name in names}
    facts |= {"releases.r1.what": ["technology", *names]}
    case = draft(home, facts)
    submit_case(case, by=case.owner, version=case.version, at=NOON)

    for person, queries in ((home.researcher, REQUESTER_QUERIES), (home.reviewer, OFFICE_QUERIES)):
        client = browser(person)
        client.get(address(case))
        with django_assert_num_queries(queries):
            client.get(address(case))
