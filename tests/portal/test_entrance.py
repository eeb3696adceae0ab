"""Coming in and going out, light and dark, notices, and pages for when something is not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client

from apps.accounts.models import User
from apps.notices.domain.inbox import inbox_of
from apps.rulebook.models import Edition
from apps.watchlists.models import ListVersion
from tests.factories.accounts import PersonFactory
from tests.factories.workflow import House, draft, submitted
from tests.portal.conftest import LATER, Browser
from tests.portal.reading import Page

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def rosa(home: House) -> str:
    """The address of somebody who can sign in."""
    person = PersonFactory.create(institution=home.institution, email="rosa@example.org")
    person.set_password(PASSWORD)
    person.save()
    return str(person.email)


def test_signing_in_leads_to_where_one_wanted_to_go(rosa: str) -> None:
    typed = {"username": "Rosa@example.org", "password": PASSWORD, "next": "/notices/"}
    answer = Client().post("/sign-in/", typed, follow=True)
    assert answer.redirect_chain == [("/notices/", 302)]


def test_a_wrong_password_is_said_in_words_with_the_focus_on_it(rosa: str) -> None:
    page = Page(Client().post("/sign-in/", {"username": rosa, "password": "no"}))
    assert "do not belong together" in page.words
    assert page.all("div", role="alert", tabindex="-1")
    assert page.fields()["username"] == rosa


def test_after_too_many_failures_even_the_right_password_waits(rosa: str) -> None:
    cache.clear()
    for _ in range(5):
        Client().post("/sign-in/", {"username": rosa, "password": "no"})
    page = Page(Client().post("/sign-in/", {"username": rosa, "password": PASSWORD}))
    assert "Too many attempts failed. Wait a minute, then try again." in page.words
    cache.clear()
    answer = Client().post("/sign-in/", {"username": rosa, "password": PASSWORD})
    assert answer.status_code == 302


def test_empty_fields_are_named_one_by_one(rosa: str) -> None:
    page = Page(Client().post("/sign-in/", {}))
    assert {"#id_username", "#id_password"} <= set(page.links())


def test_officers_come_to_their_queue_and_others_to_their_requests(
    home: House, browser: Browser
) -> None:
    assert browser(home.reviewer).get("/").headers["Location"] == "/queue/"
    assert browser(home.researcher).get("/").headers["Location"] == "/requests/"


def test_signing_out_ends_the_session(home: House, browser: Browser) -> None:
    client = browser(home.researcher)
    client.post("/sign-out/")
    assert client.get("/requests/").headers["Location"] == "/sign-in/?next=/requests/"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_theme_is_kept_and_one_comes_back_to_the_page(theme: str) -> None:
    client = Client()
    answer = client.post("/theme/", {"theme": theme, "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/"
    assert Page(client.get("/sign-in/")).all("html", **{"data-theme": theme})


def test_another_origin_or_theme_is_not_followed() -> None:
    client = Client()
    answer = client.post("/theme/", {"theme": "pink", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert not client.cookies


def test_notices_lead_to_their_case_and_are_seen_once(home: House, browser: Browser) -> None:
    case = submitted(home)
    client = browser(home.researcher)
    page = Page(client.get("/notices/"))
    assert f"/cases/{case.reference}/" in page.links()
    assert "Notices 1" in page.words
    client.post("/notices/seen/")
    assert [notice.seen_at is not None for notice in inbox_of(home.researcher)] == [True]
    assert "Notices 1" not in Page(client.get("/notices/")).words


def test_an_empty_inbox_says_what_will_stand_there(home: House, browser: Browser) -> None:
    assert "No notices" in Page(browser(home.researcher).get("/notices/")).words


def test_every_page_names_edition_and_age_of_lists(home: House, browser: Browser) -> None:
    words = Page(browser(home.researcher).get("/requests/")).words
    assert "Rulebook edition small · 1 list, the oldest of 23 November 2026" in words


def test_a_list_older_than_promised_is_said_on_top_of_every_page(
    home: House, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:

    client = browser(home.researcher)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + timedelta(hours=11))
    assert "Older than promised" not in Page(client.get("/requests/")).words
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + timedelta(days=400))
    client = browser(home.researcher)
    assert "Older than promised: XA-LIST." in Page(client.get("/requests/")).words


def test_without_law_or_lists_the_frame_says_what_is_missing(rosa: str, browser: Browser) -> None:
    Edition.objects.update(published_at=None, published_by="")
    ListVersion.objects.update(active=False)
    words = Page(browser(User.objects.get(email=rosa)).get("/requests/")).words
    assert "No edition of the rulebook is loaded." in words
    assert "No list of restricted parties is searched. No name check is complete." in words


def test_without_law_pages_say_so_instead_of_breaking(home: House, browser: Browser) -> None:
    case = draft(home)
    Edition.objects.update(published_at=None, published_by="")
    answer = browser(home.researcher).get(f"/cases/{case.reference}/check/")
    assert answer.status_code == 409
    assert "No edition of the rulebook is loaded." in Page(answer).words


def test_an_expired_form_says_how_to_go_on() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x"})
    assert answer.status_code == 403
    assert "This form has expired" in Page(answer).words


def test_more_than_a_page_can_hold_is_refused_in_words(rosa: str) -> None:
    answer = Client().post("/sign-in/", {f"field{place}": "" for place in range(1001)})
    assert answer.status_code == 400
    assert "Nothing of it was kept." in Page(answer).words


def test_the_page_for_our_own_faults_needs_nothing_to_be_shown() -> None:
    assert "Nothing was half saved." in render_to_string("500.html")


def test_the_gallery_shows_every_component_without_case_data(db: None) -> None:
    page = Page(Client().get("/gallery/"))
    for words in ("Outside the rules", "Not permitted by law", "Not reached", "Waiting for you."):
        assert words in page.words
    assert "2 things to correct" in page.words
