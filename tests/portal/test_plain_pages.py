"""Every page is plain: readable without script, closed to other origins, labelled, light."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

from apps.cases.domain.questions import NewQuestion
from apps.workflow.domain.case.ask import ask_requester
from tests.factories.workflow import LICENCE, NOON, House, draft, in_review, submitted
from tests.portal.conftest import Browser
from tests.portal.reading import Page

LARGEST = 100_000  # bytes of a first load: page, sheets and icons, not compressed
TEMPLATES = Path("apps/portal/templates")
TOLD = re.compile(
    r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL
)
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
CLASS_BLOCK = re.compile(r"{% block (width|density) %}.*?{% endblock %}")


READ: dict[str, Page] = {}  # read once a process: what follows only looks at them


@pytest.fixture
def pages(home: House, browser: Browser) -> dict[str, Page]:
    """One page of every kind, by address."""
    if not READ:
        READ.update(read_all(home, browser))
    return READ


def read_all(home: House, browser: Browser) -> dict[str, Page]:
    """Every kind of page as its readers get it."""
    written, sent, asked = draft(home), submitted(home, LICENCE), in_review(home, None)
    question = NewQuestion("Which?", "people.visitor.citizenships")
    ask_requester(asked, questions=[question], by=home.reviewer, version=asked.version, at=NOON)
    addresses = {
        home.researcher: (
            "/requests/",
            "/notices/",
            f"/cases/{written.reference}/write/technology/",
            f"/cases/{written.reference}/write/ways/",
            f"/cases/{written.reference}/write/nationality/",
            f"/cases/{written.reference}/check/",
            f"/cases/{sent.reference}/?cell=r1/visitor/technology",
            f"/cases/{asked.reference}/",
            f"/cases/{sent.reference}/withdraw/",
            "/nowhere/",
        ),
        home.reviewer: (
            "/queue/",
            f"/cases/{sent.reference}/?cell=r1/visitor/technology",
            f"/cases/{sent.reference}/ask/",
        ),
    }
    found = {"/sign-in/": Page(Client().get("/sign-in/"))}
    found["/gallery/"] = Page(Client().get("/gallery/"))
    for person, places in addresses.items():
        client = browser(person)
        found |= {f"{person.pk} {place}": Page(client.get(place)) for place in places}
    return found


def test_no_page_holds_script_style_or_another_origin(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        assert not page.all("script"), place
        assert not page.all("style"), place
        for tag, attrs in page.tags:
            assert "style" not in attrs, (place, tag)
            assert not [name for name in attrs if name.startswith("on")], (place, tag)
            for name in ("href", "src", "action"):
                assert not re.match(r"(https?:)?//", attrs.get(name, "")), (place, tag)


def test_every_page_has_landmarks_language_and_a_way_past_the_head(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        assert page.all("html", lang="en-gb", dir="ltr"), place
        assert len(page.all("main", id="main")) == 1, place
        assert page.all("a", href="#main", **{"class": "skip"}), place
        assert page.all("header"), place
        assert page.all("title"), place


def test_headings_come_in_order_with_one_first(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        levels = page.headings()
        if place == "/gallery/":
            continue  # shows headings of every size as samples
        assert levels.count(1) == 1, place
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, (place, levels)


def test_every_input_has_a_label_and_every_id_is_given_once(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
        labelled = {attrs.get("for") for attrs in page.all("label")}
        inputs = [attrs for tag in ("input", "select", "textarea") for attrs in page.all(tag)]
        for attrs in inputs:
            if attrs.get("type") != "hidden":
                assert attrs["id"] in labelled, (place, attrs)
        if place != "/gallery/":  # the same sample stands there more than once
            assert sorted(ids) == sorted(set(ids)), place


def test_every_table_has_a_caption_and_its_heads_a_scope(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        assert len(page.all("caption")) == len(page.all("table")), place
        assert all("scope" in head for head in page.all("th")), place


def test_every_link_inside_a_page_leads_somewhere(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        ids = {attrs["id"] for _tag, attrs in page.tags if "id" in attrs}
        inner = {link[1:] for link in page.links() if link.startswith("#")}
        if place != "/gallery/":
            assert inner <= ids, place


def test_every_form_that_changes_something_is_protected(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        posting = [form for form in page.all("form") if form.get("method") == "post"]
        tokens = page.all("input", name="csrfmiddlewaretoken")
        assert len(tokens) == len(posting), place


def test_every_page_with_sheets_and_icons_is_light(pages: dict[str, Page]) -> None:
    for place, page in pages.items():
        linked = {
            attrs["href"].removeprefix("/static/") for attrs in page.all("link") if "href" in attrs
        } | {"portal/icons.svg"}
        weight = sum(Path(str(find(name))).stat().st_size for name in linked)
        assert len(page.html.encode()) + weight < LARGEST, place


def test_every_drawing_named_on_a_page_is_in_the_sprite(pages: dict[str, Page]) -> None:
    sprite = Path(str(find("portal/icons.svg"))).read_text()
    drawn = set(re.findall(r'<symbol id="(\w+)"', sprite))
    for place, page in pages.items():
        used = {attrs["href"].partition("#")[2] for attrs in page.all("use")}
        assert used <= drawn, place


def test_answers_carry_a_policy_without_exceptions_for_inline_code() -> None:
    policy = Client().get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_sentence_of_a_template_goes_through_gettext() -> None:
    """Words between tags stand in a translate tag; samples of the gallery and the pages
    that must work when nothing else does are the exceptions.
    """
    bare = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        if path.name in ("gallery.html", "400.html", "500.html"):
            continue
        text = MARKUP.sub(" ", TOLD.sub(" ", CLASS_BLOCK.sub(" ", path.read_text())))
        words = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word != "collabscreen"]
        if words:
            bare[path.name] = words
    assert bare == {}
