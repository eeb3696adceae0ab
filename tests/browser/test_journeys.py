"""People reach what is theirs in a real browser: readable to everyone, quiet in its console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collabscreen.running import filling
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "northfield-demo"


@pytest.fixture
def university(transactional_db: None) -> None:
    """Law, lists and the demo university."""
    list(filling.fill(demo=True))


@pytest.fixture
def quiet(page: Any) -> Iterator[Any]:
    """A page whose console has to stay empty and whose every answer has to be ours."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    yield page
    assert said == []


def sign_in(page: Any, base: str, name: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.get_by_label("E-mail").fill(f"{name}@northfield.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def is_readable(page: Any, axe: Any) -> None:
    """One first heading, a main landmark, and nothing the accessibility rules find."""
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.response["violations"] == [], found.generate_report()


@pytest.fixture
def axe() -> Any:
    """The rules of accessibility."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  there only with a browser

    return Axe()


def test_a_researcher_reads_the_reasons_of_a_case(
    university: None, live_server: Any, quiet: Any, axe: Any
) -> None:
    quiet.goto(live_server.url)
    is_readable(quiet, axe)
    sign_in(quiet, live_server.url, "maya")
    is_readable(quiet, axe)
    quiet.get_by_role("link", name="Electron-beam lithography, operating only").first.click()
    quiet.wait_for_url("**/cases/**")
    is_readable(quiet, axe)
    assert "CFR" in quiet.locator("main").inner_text()


def test_an_officer_opens_a_case_from_the_queue(
    university: None, live_server: Any, quiet: Any, axe: Any
) -> None:
    sign_in(quiet, live_server.url, "priya")
    quiet.goto(f"{live_server.url}/queue/")
    is_readable(quiet, axe)
    quiet.locator("main a[href*='/cases/']").first.click()
    quiet.wait_for_url("**/cases/**")
    is_readable(quiet, axe)


def test_a_stranger_sees_nothing_but_the_sign_in(
    transactional_db: None, live_server: Any, quiet: Any
) -> None:
    for path in ("", "queue/", "requests/", "cases/CS-2026-0001/"):
        quiet.goto(f"{live_server.url}/{path}")
        assert quiet.get_by_label("Password").is_visible()


def test_signing_in_works_without_scripts(
    transactional_db: None, live_server: Any, browser: Any
) -> None:
    person = PersonFactory(email="maya@northfield.example")
    person.set_password(PASSWORD)
    person.save()
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        sign_in(page, live_server.url, "maya")
        assert page.locator("h1").count() == 1
    finally:
        context.close()
