"""Writing a request: saved page by page, wrong answers named, nothing typed ever lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.cases.domain.facts import answers_of
from apps.cases.domain.intake import describe_case
from apps.cases.models import Case
from apps.rulebook.domain.reading import read_yaml
from apps.rulebook.domain.rule_files import read_rules
from tests.factories.accounts import PersonFactory
from tests.factories.law import enact, small_rows, small_rules
from tests.factories.workflow import NOON, House, answers, draft, submitted
from tests.portal.conftest import Browser
from tests.portal.reading import Page


@pytest.fixture
def case(home: House) -> Case:
    return draft(home)


@pytest.fixture
def client(home: House, browser: Browser) -> Client:
    return browser(home.researcher)


OPEN_MEETING = """
format: rules/1
pack: more
regime: XA-LAW
rules:
  - id: more.acts.open_meeting
    title: An open meeting
    stage: act
    when: {is: [exposure.release.meeting, open]}
    outcome: excluded
    source: {citation: "1 XA 7", read: invented, confidence: verified}
    because: {fired: "Open to all.", silent: "Not open: {failed}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
"""


def address(case: Case, page: str) -> str:
    return f"/cases/{case.reference}/write/{page}/"


def send(client: Client, case: Case, page: str, **typed: object) -> HttpResponse:
    case.refresh_from_db()
    data = {"version": case.version, "then": "next", **typed}
    return client.post(address(case, page), data)


def stored(case: Case, path: str) -> object:
    return {key: row.value for key, row in answers_of(case).items()}.get(path)


def test_technology_is_asked_before_people(case: Case, client: Client) -> None:
    steps = [link for link in Page(client.get(address(case, "request"))).links() if "write" in link]
    order = [link.split("/")[-2] for link in steps]
    assert order.index("technology") < order.index("ways") < order.index("visitor")


def test_title_and_summary_go_to_the_record_and_on_to_the_next_page(
    case: Case, client: Client
) -> None:
    typed = {"case.title": "Spring visit", "case.summary": "Joint measurements."}
    answer = send(client, case, "request", **typed)
    case.refresh_from_db()
    assert (case.title, case.summary) == ("Spring visit", "Joint measurements.")
    assert answer.headers["Location"] == address(case, "technology")


def test_answers_are_saved_as_facts_and_shown_again(case: Case, client: Client) -> None:
    typed = {
        "items.technology.title": "Coating",
        "items.technology.nature": "technology",
        "items.technology.published": "true",
    }
    assert send(client, case, "technology", **typed).status_code == 302
    assert stored(case, "items.technology.published") is True
    page = Page(client.get(address(case, "technology")))
    assert page.fields()["items.technology.published"] == "true"
    assert page.fields()["items.technology.title"] == "Coating"


def test_an_emptied_field_takes_its_answer_back(case: Case, client: Client) -> None:
    send(client, case, "technology", **{"items.technology.title": "Coating"})
    assert stored(case, "items.technology.published") is None


def test_each_field_says_why_it_is_asked(case: Case, client: Client) -> None:
    words = Page(client.get(address(case, "nationality"))).words
    assert "Why we ask" in words
    assert "The law counts this country" in words


def test_a_page_that_no_rule_reads_is_not_there(case: Case, client: Client) -> None:
    assert client.get(address(case, "classification")).status_code == 404
    assert client.get(address(case, "nothing")).status_code == 404


def test_a_wrong_answer_is_named_above_and_at_its_field_and_nothing_is_saved(
    case: Case, client: Client
) -> None:
    typed = {
        "releases.r1.what": "technology",
        "releases.r1.where": "XA",
        "releases.r1.window_0": "2026-02-31",
    }
    page = Page(send(client, case, "ways", **typed))
    field = "id_releases.r1.window"
    assert f"#{field}" in page.links()
    assert page.all("p", id=f"{field}_error")
    assert page.all("div", role="alert", tabindex="-1")
    assert "There is no such day." in page.words
    assert page.fields()["releases.r1.window_0"] == "2026-02-31"
    assert stored(case, "releases.r1.window") is None


def test_questions_that_follow_from_an_answer_keep_one_on_the_page(
    home: House, client: Client
) -> None:
    rules = (*small_rules(), *read_rules(read_yaml(OPEN_MEETING, file="more.yaml"), []))
    enact(NOON, rows=replace(small_rows(), rules=rules), name="wider")
    case = draft(home, {"releases.r1.how": "shipment"})
    answer = send(client, case, "ways", **{"releases.r1.how": "disclosure"})
    assert answer.headers["Location"] == f"{address(case, 'ways')}?followed=1"
    page = Page(client.get(answer.headers["Location"]))
    assert "Your answers bring one more question. Is the meeting open?" in page.words
    assert "#id_releases.r1.meeting" in page.links()
    assert page.all("input", name="releases.r1.meeting")


def test_an_answer_that_hangs_on_another_goes_with_it(home: House, client: Client) -> None:
    rules = (*small_rules(), *read_rules(read_yaml(OPEN_MEETING, file="more.yaml"), []))
    enact(NOON, rows=replace(small_rows(), rules=rules), name="wider")
    case = draft(home, {"releases.r1.how": "disclosure", "releases.r1.meeting": "open"})
    typed = {"releases.r1.how": "training", "releases.r1.meeting": "open"}
    send(client, case, "ways", **typed)
    assert stored(case, "releases.r1.how") == "training"
    assert stored(case, "releases.r1.meeting") is None


def test_another_technology_can_be_added_and_taken_out(case: Case, client: Client) -> None:
    first = {"items.technology.title": "Coating", "items.technology.nature": "technology"}
    answer = send(client, case, "technology", **first, then="more")
    assert answer.headers["Location"] == f"{address(case, 'technology')}?more=1"
    both = {**first, "items.technology2.title": "Theory"}
    case.refresh_from_db()
    more = {**both, "version": case.version, "then": "next"}
    client.post(f"{address(case, 'technology')}?more=1", more)
    assert stored(case, "items.technology2.title") == "Theory"
    send(client, case, "technology", **both, then="out:technology2")
    assert stored(case, "items.technology2.title") is None
    assert stored(case, "items.technology.title") == "Coating"


def test_enter_in_a_field_saves_and_goes_on_and_takes_nothing_out(
    case: Case, client: Client
) -> None:
    both = {"items.technology.title": "Coating", "items.technology2.title": "Theory"}
    case.refresh_from_db()
    client.post(f"{address(case, 'technology')}?more=1", {**both, "version": case.version})
    page = Page(client.get(address(case, "technology")))
    buttons = [attrs["value"] for attrs in page.all("button", type="submit", name="then")]
    assert buttons[0] == "next"
    assert "out:technology" in buttons


def test_a_draft_is_thrown_away_only_after_a_second_look(case: Case, client: Client) -> None:
    discard = f"/cases/{case.reference}/discard/"
    check = Page(client.get(f"/cases/{case.reference}/check/"))
    assert discard in check.links()
    assert not check.all("form", action=discard)
    assert "cannot be brought back" in Page(client.get(discard)).words


def test_saving_and_going_back_leads_to_the_page_before(case: Case, client: Client) -> None:
    typed = {"items.technology.title": "Coating", "then": "back"}
    assert send(client, case, "technology", **typed).headers["Location"] == address(case, "request")
    assert send(client, case, "request", then="back").headers["Location"] == "/requests/"


def test_when_somebody_was_faster_nothing_typed_is_lost_and_the_page_says_who(
    case: Case, client: Client
) -> None:
    opened = case.version
    describe_case(case, title="New", summary="", by=case.owner, version=opened, at=NOON)
    typed = {"version": opened, "items.technology.title": "Typed with care", "then": "next"}
    page = Page(client.post(address(case, "technology"), typed))
    assert "It has changed since you opened it." in page.words
    assert f"{case.owner.display_name} described the request" in page.words
    assert page.fields()["items.technology.title"] == "Typed with care"
    assert page.fields()["version"] == str(case.version)
    again = client.post(address(case, "technology"), {**typed, "version": case.version})
    assert again.status_code == 302
    assert stored(case, "items.technology.title") == "Typed with care"


@pytest.mark.parametrize("version", ["", "x", "0", "-1", str(2**70)])
def test_a_form_without_a_version_is_refused_in_words(
    case: Case, client: Client, version: str
) -> None:
    typed = {"version": version, "items.technology.title": "Kept", "then": "next"}
    page = Page(client.post(address(case, "technology"), typed))
    assert "This page has lost which version of the request it shows." in page.words
    assert page.fields()["items.technology.title"] == "Kept"


@pytest.mark.parametrize("typed", ["\x00", "x" * 5000, "<script>alert(1)</script>"])
def test_whatever_is_typed_is_kept_as_words_or_refused(
    case: Case, client: Client, typed: str
) -> None:
    answer = send(client, case, "technology", **{"items.technology.title": typed})
    page = Page(client.get(address(case, "technology")) if answer.status_code == 302 else answer)
    assert not page.all("script")


@pytest.mark.parametrize("reference", ["%00", "CS-2026-9999", "cs-2026-0001", "'; --"])
def test_a_number_nobody_gave_is_not_found(case: Case, client: Client, reference: str) -> None:
    assert client.get(f"/cases/{reference}/check/").status_code == 404


def test_nobody_else_reads_or_writes_a_draft(home: House, case: Case, browser: Browser) -> None:
    stranger = browser(PersonFactory.create(institution=home.institution))
    assert stranger.get(address(case, "technology")).status_code == 404
    assert stranger.post(address(case, "technology"), {"version": 1}).status_code == 404
    assert stranger.get(f"/cases/{case.reference}/check/").status_code == 404


def test_the_check_shows_every_answer_with_the_way_to_change_it(case: Case, client: Client) -> None:
    page = Page(client.get(f"/cases/{case.reference}/check/"))
    assert "A process" in page.words
    assert "Not answered" in page.words
    assert f"{address(case, 'technology')}#id_items.technology.title" in page.links()


def test_sending_determines_the_case_and_shows_the_answer(case: Case, client: Client) -> None:
    answer = client.post(f"/cases/{case.reference}/check/", {"version": case.version}, follow=True)
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("triage", "exception:TSR")
    assert answer.redirect_chain == [(f"/cases/{case.reference}/", 302)]
    assert "Allowed with exception TSR" in Page(answer).words


def test_what_is_missing_for_sending_leads_to_its_field(home: House, client: Client) -> None:
    case = draft(home, answers(**{"people.visitor.name": None}))
    page = Page(client.post(f"/cases/{case.reference}/check/", {"version": case.version}))
    assert f"{address(case, 'visitor')}#id_people.visitor.name" in page.links()
    case.refresh_from_db()
    assert case.status == "draft"


def test_a_request_without_a_way_leads_to_the_page_that_asks_for_one(
    home: House, client: Client
) -> None:
    case = draft(home, {"items.technology.title": "Coating"})
    page = Page(client.post(f"/cases/{case.reference}/check/", {"version": case.version}))
    assert "It does not say yet who would receive what." in page.words
    assert any(link.startswith(f"{address(case, 'ways')}#id_releases.") for link in page.links())


def test_a_request_that_was_sent_is_no_longer_written(home: House, client: Client) -> None:
    case = submitted(home)
    assert client.get(f"/cases/{case.reference}/check/").headers["Location"] == (
        f"/cases/{case.reference}/"
    )
    page = Page(send(client, case, "technology", **{"items.technology.title": "Late"}))
    assert "stand still" in page.words
