"""Every verb has a page: it asks for what is needed, says why not, keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.cases.domain.facts import answers_of
from apps.cases.domain.questions import NewQuestion, open_questions
from apps.cases.models import Case
from apps.engine.lifecycle import Verb
from apps.portal.parts.deeds import DEEDS
from apps.screening.domain.hits import hits_of
from apps.workflow.domain.actions import LABELS
from apps.workflow.domain.case.ask import ask_requester
from apps.workflow.domain.case.countersign import countersign
from apps.workflow.domain.case.take import take_case
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    LICENCE,
    LISTED,
    NOON,
    UNTIL,
    House,
    in_review,
    recommended,
    submitted,
)
from tests.portal.conftest import Browser
from tests.portal.reading import Page


def do(client: Client, case: Case, deed: str, **typed: Any) -> HttpResponse:
    case.refresh_from_db()
    answer = client.post(f"/cases/{case.reference}/{deed}/", {"version": case.version, **typed})
    case.refresh_from_db()
    return answer


def asked(home: House, *questions: NewQuestion) -> Case:
    case = in_review(home, None)
    ask_requester(case, questions=questions, by=home.reviewer, version=case.version, at=NOON)
    return case


def test_every_verb_that_can_be_pressed_has_a_page() -> None:
    assert {deed.verb for deed in DEEDS.values()} == set(LABELS)


def test_taking_a_case_puts_it_in_the_officers_hands(home: House, browser: Browser) -> None:
    case, client = submitted(home), browser(home.reviewer)
    answer = do(client, case, "take")
    assert answer.headers["Location"] == f"/cases/{case.reference}/"
    assert (case.status, case.officer) == ("in_review", home.reviewer)
    assert "Taken into review." in Page(client.get(answer.headers["Location"])).words


def test_the_questions_that_would_settle_it_are_offered_the_best_one_chosen(
    home: House, browser: Browser
) -> None:
    case = in_review(home, None)
    client = browser(home.reviewer)
    page = Page(client.get(f"/cases/{case.reference}/ask/"))
    assert "Which citizenships does the person hold" in page.words
    assert page.fields()["chosen"] == "0"
    do(client, case, "ask", chosen=["0"], own="Which room?")
    assert case.status == "awaiting_requester"
    asked_now = [question.fact or question.text for question in open_questions(case)]
    assert asked_now == ["people.visitor.citizenships", "Which room?"]


def test_asking_nothing_is_refused_in_words(home: House, browser: Browser) -> None:
    page = Page(do(browser(home.reviewer), in_review(home, None), "ask", own=""))
    assert "Choose one of the questions, or write one of your own" in page.words
    assert "#id_chosen" in page.links() or "#id_own" in page.links()


def test_an_answer_becomes_a_fact_and_brings_a_new_determination(
    home: House, browser: Browser
) -> None:
    case = asked(home, NewQuestion("Which?", "people.visitor.citizenships"), NewQuestion("Room?"))
    text = f"answers.{open_questions(case)[1].pk}"
    typed = {"people.visitor.citizenships_0": "XB", text: "H-214"}
    assert do(browser(home.researcher), case, "answer", **typed).status_code == 302
    assert (case.status, case.outcome) == ("triage", "exception:TSR")
    assert answers_of(case)["people.visitor.citizenships"].value == [{"country": "XB"}]


def test_an_unanswered_question_is_named_and_the_other_answer_kept(
    home: House, browser: Browser
) -> None:
    case = asked(home, NewQuestion("Which?", "people.visitor.citizenships"), NewQuestion("Room?"))
    text = f"answers.{open_questions(case)[1].pk}"
    page = Page(do(browser(home.researcher), case, "answer", **{text: "H-214"}))
    assert "#id_people.visitor.citizenships" in page.links()
    assert "H-214" in page.html
    assert case.status == "awaiting_requester"


def test_a_wrong_answer_is_refused_at_its_field(home: House, browser: Browser) -> None:
    case = asked(home, NewQuestion("Which?", "people.visitor.citizenships"))
    page = Page(
        do(browser(home.researcher), case, "answer", **{"people.visitor.citizenships_0": "QQ"})
    )
    assert "#id_people.visitor.citizenships" in page.links()


def test_recommending_asks_for_outcome_reasons_and_last_day(home: House, browser: Browser) -> None:
    case, client = in_review(home), browser(home.reviewer)
    page = Page(client.get(f"/cases/{case.reference}/recommend/"))
    offered = [attrs["value"] for attrs in page.all("input", name="outcome")]
    assert offered == ["approve_with_conditions", "refuse", "refer"]
    assert "Approve: Its conditions are open: approve it with conditions." in page.words
    empty = Page(do(client, case, "recommend"))
    assert {"#id_outcome", "#id_reason"} <= set(empty.links())
    typed = {
        "outcome": "approve_with_conditions",
        "reason": "In order.",
        "until": UNTIL.isoformat(),
    }
    do(client, case, "recommend", **typed, conditions="Keep a log\n\nLock the room")
    assert case.status == "awaiting_countersign"
    words = Page(browser(home.official).get(f"/cases/{case.reference}/countersign/")).words
    assert "Recommended, not signed" in words
    assert "Keep a log Lock the room" in words


def test_an_impossible_last_day_is_refused_in_words(home: House, browser: Browser) -> None:
    typed = {"outcome": "approve_with_conditions", "reason": "In order.", "until": "2027-02-31"}
    page = Page(do(browser(home.reviewer), in_review(home), "recommend", **typed))
    assert "Write the day as year-month-day" in page.words
    assert page.fields()["until"] == "2027-02-31"


def test_the_author_reads_why_countersigning_is_not_possible(home: House, browser: Browser) -> None:
    case, client = recommended(home), browser(home.reviewer)
    page = Page(client.get(f"/cases/{case.reference}/countersign/"))
    assert "Whoever wrote the recommendation may not countersign" in page.words
    assert not page.all("textarea")
    assert do(client, case, "countersign").status_code == 200
    assert case.status == "awaiting_countersign"


def test_a_second_person_countersigns_and_the_case_is_decided(
    home: House, browser: Browser
) -> None:
    case = recommended(home)
    do(browser(home.official), case, "countersign", text="Seen.")
    assert case.status == "conditions_pending"


def test_a_recommendation_is_returned_with_a_reason(home: House, browser: Browser) -> None:
    case = recommended(home)
    client = browser(home.official)
    assert "Say it in words" in Page(do(client, case, "return")).words
    do(client, case, "return", reason="Name the law.")
    assert case.status == "in_review"


def test_conditions_are_met_by_evidence(home: House, browser: Browser) -> None:
    case = recommended(home)
    countersign(case, by=home.official, version=case.version, at=NOON)
    client = browser(home.reviewer)
    page = Page(client.get(f"/cases/{case.reference}/conditions/"))
    assert "Signed written assurance on file before the release" in page.words
    field = next(attrs["name"] for attrs in page.all("textarea"))
    do(client, case, "conditions", **{field: "Letter of 23 November."})
    assert case.status == "approved"
    words = Page(browser(home.researcher).get(f"/cases/{case.reference}/")).words
    assert "Approved until 31 May 2027 You can start." in words
    assert "Letter of 23 November." in words


def test_a_plain_case_is_approved_at_triage_by_one(home: House, browser: Browser) -> None:
    case = submitted(home, FREE)
    do(browser(home.triage), case, "approve", reason="Plain.", until=UNTIL.isoformat())
    assert case.status == "approved"


def test_one_person_decides_where_the_tier_allows(home: House, browser: Browser) -> None:
    case = in_review(home, FREE)
    client = browser(home.reviewer)
    page = Page(client.get(f"/cases/{case.reference}/decide/"))
    offered = [attrs["value"] for attrs in page.all("input", name="outcome")]
    assert "refuse" not in offered
    typed = {"outcome": "approve", "reason": "Plain.", "until": UNTIL.isoformat()}
    do(client, case, "decide", **typed)
    assert case.status == "approved"


def test_a_case_is_referred_and_the_reply_recorded(home: House, browser: Browser) -> None:
    case, client = in_review(home, LICENCE), browser(home.reviewer)
    do(client, case, "refer", reason="The authority decides.")
    assert case.status == "referred"
    do(client, case, "reply", reply="Granted, number 17.")
    assert case.status == "in_review"


def test_a_hit_is_settled_and_the_case_determined_anew(home: House, browser: Browser) -> None:
    case = submitted(home, EXCEPTION, **{"people.visitor.name": LISTED})
    client, hit = browser(home.reviewer), hits_of(case)[0]
    page = Page(client.get(f"/cases/{case.reference}/settle/"))
    assert f"Our party: {LISTED}. On the list:" in page.words
    assert page.fields()["hit_id"] == str(hit.pk)
    do(client, case, "settle", hit_id=hit.pk, state="dismissed", reason="Another field of work.")
    assert hits_of(case)[0].state == "dismissed"


def test_establishing_nothing_is_refused_in_words(home: House, browser: Browser) -> None:
    case = in_review(home)
    page = Page(do(browser(home.reviewer), case, "establish", reason="Read it."))
    assert "No fact is given." in page.words


def test_a_request_is_withdrawn_with_or_without_a_reason(home: House, browser: Browser) -> None:
    case, client = submitted(home), browser(home.researcher)
    assert "Withdraw this request" in Page(client.get(f"/cases/{case.reference}/withdraw/")).words
    do(client, case, "withdraw")
    assert case.status == "withdrawn"
    assert "This request was taken back." in Page(client.get(f"/cases/{case.reference}/")).words


def test_when_somebody_was_faster_what_was_typed_is_kept_and_who_is_named(
    home: House, browser: Browser
) -> None:
    case = submitted(home)
    opened = case.version
    take_case(case, by=home.second, version=opened, at=NOON)
    typed = {"version": opened, "own": "A careful question"}
    page = Page(browser(home.reviewer).post(f"/cases/{case.reference}/ask/", typed))
    assert f"{home.second.display_name} took the request into review" in page.words
    assert "A careful question" in page.html
    assert page.fields()["version"] == str(Case.objects.get().version)


def test_words_typed_in_a_second_tab_are_kept_when_the_first_has_ended_the_verb(
    home: House, browser: Browser
) -> None:
    case = in_review(home)
    opened = case.version
    typed = {"outcome": "refuse", "reason": "A careful reason.", "until": ""}
    client = browser(home.reviewer)
    do(client, case, "recommend", **typed)
    typed["reason"] = "Words of the second tab."
    page = Page(client.post(f"/cases/{case.reference}/recommend/", {"version": opened, **typed}))
    assert f"{home.reviewer.display_name} recommended a decision" in page.words
    assert (
        "It was not sent. Copy what you still need. Reasons Words of the second tab." in page.words
    )
    assert "send it again" not in page.words
    assert "Select a valid choice" not in page.words


def test_the_summary_of_errors_says_which_field_each_is_about(
    home: House, browser: Browser
) -> None:
    page = Page(do(browser(home.reviewer), in_review(home), "recommend"))
    assert "2 things to correct Decision: Choose one Reasons: Say it in words" in page.words


@pytest.mark.parametrize("deed", ["take", "ask", "recommend", "countersign", "approve", "settle"])
def test_a_requester_does_no_deed_of_the_office(home: House, browser: Browser, deed: str) -> None:
    case = submitted(home)
    typed = {"own": "?", "outcome": "approve", "reason": "Mine.", "until": UNTIL.isoformat()}
    assert do(browser(home.researcher), case, deed, **typed).status_code == 200
    assert case.status == "triage"


def test_a_deed_nobody_knows_is_not_found(home: House, browser: Browser) -> None:
    case = submitted(home)
    assert browser(home.reviewer).get(f"/cases/{case.reference}/bless/").status_code == 404


def test_a_draft_is_thrown_away(home: House, browser: Browser) -> None:
    client = browser(home.researcher)
    client.post("/requests/new/")
    case = Case.objects.get()
    do(client, case, Verb.DISCARD.value)
    assert case.status == "discarded"
