"""The whole way of one request in a real browser: sent, asked, answered, recommended, decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from apps.cases.models import Case
from collabscreen.running import filling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "northfield-demo"
TITLE = "Turning with nanometre tools, spring visit"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def pictures() -> Path:
    """Where the pictures of a run are kept to be looked at."""
    folder = Path(settings.ENV.data_dir) / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Seat:
    """A person in front of a browser of their own, whose console has to stay empty."""

    def __init__(self, browser: Any, base: str, pictures: Path) -> None:
        self.page = browser.new_context(viewport=WIDE).new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.base, self.pictures = base, pictures

    def sign_in(self, name: str) -> None:
        """Sign in as somebody of the demo university."""
        self.page.goto(f"{self.base}/sign-in/")
        self.page.get_by_label("E-mail").fill(f"{name}@northfield.example")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def press(self, name: str) -> None:
        """Press a button, or follow the link that looks like one, to the page behind it."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=name, exact=True)
        if not target.count():
            target = main.get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            target.first.click()

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer of a question that is asked in a row of choices."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_text(answer, exact=True).click()

    def type(self, question: str, words: str) -> None:
        """Type the answer to a question."""
        self.page.get_by_label(question).fill(words)

    def goes_on(self) -> None:
        """Save the page of the form."""
        self.press("Save and continue")

    def reads(self, words: str) -> None:
        """The page says this."""
        assert words in self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """Keep the page as it looks wide and narrow, light and dark; it never scrolls sideways."""
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)
            for size in (WIDE, NARROW):
                self.page.set_viewport_size(size)
                path = self.pictures / f"{name}-{size['width']}-{theme}.png"
                self.page.screenshot(path=path, full_page=True)
                assert self.page.evaluate("document.body.scrollWidth <= window.innerWidth")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(WIDE)


@pytest.fixture
def seats(
    transactional_db: None, live_server: Any, browser: Any, pictures: Path
) -> Iterator[dict[str, Seat]]:
    """The people of the journey, each signed in."""
    list(filling.fill(demo=True))
    found = {name: Seat(browser, live_server.url, pictures) for name in ("maya", "priya", "helen")}
    for name, seat in found.items():
        seat.sign_in(name)
    yield found
    for seat in found.values():
        assert seat.said == []
        seat.page.context.close()


def write_request(maya: Seat) -> None:
    """Everything about the visit, but not what the law counts about the visitor."""
    maya.press("New request: a visiting researcher")
    maya.type("Name of the request", TITLE)
    maya.type("What will be done", "Joint work on the control of a turning machine.")
    maya.goes_on()
    maya.type("What do you call it?", "Control of the machine")
    maya.choose("What is it?", "Know-how: methods, recipes, drawings, manuals, data")
    for question in (
        "Is it published",
        "Does it stand in a patent",
        "Is it taught in a course",
        "Does it arise from this research",
        "Is it classified",
    ):
        maya.choose(question, "No")
    maya.choose("Did somebody give it to you", "Yes")
    maya.choose("Does the work use or produce one of these?", "None of these")
    maya.picture("write-technology")
    maya.goes_on()
    maya.type("Which entry of the US Commerce Control List", "2E001")
    maya.type("Which item is the technology for?", "2B001.a")
    maya.goes_on()
    maya.choose("What kind of work is it?", "Applied research")
    maya.choose("May the results be published freely?", "No, or only parts")
    maya.choose("Did you accept limits on who may take part?", "No")
    maya.choose("Did you accept limits on who may receive", "No")
    maya.choose("What is it for", "Civil use")
    maya.type("Who pays for it?", "none")
    maya.goes_on()
    write_ways_and_people(maya)


def write_ways_and_people(maya: Seat) -> None:
    """How it becomes known, and who the visitor is."""
    maya.choose("What is it about?", "Control of the machine")
    maya.page.get_by_label("How does the visitor meet it?").select_option("disclosure")
    maya.type("In which country does the visitor receive it?", "United States")
    maya.goes_on()
    maya.reads("Your answers bring one more question.")
    maya.choose("Is the meeting open?", "Closed")
    maya.goes_on()
    maya.type("What is the home organisation called?", "Aoba Institute of Technology")
    maya.type("In which country is it?", "Japan")
    maya.choose("What kind of organisation is it?", "A university or college")
    maya.goes_on()
    maya.type("What is the visitor's name?", "Kenji Aramoto")
    maya.choose("Who employs the visitor", "The home organisation")
    maya.choose("What will the visitor be here?", "A visitor, not employed here")
    maya.type("Which other organisations", "none")
    maya.type("On which visa does the visitor come?", "J-1")
    maya.goes_on()
    maya.picture("write-nationality")
    while maya.page.get_by_role("button", name="Save and continue").count():
        maya.goes_on()


def ask(priya: Seat) -> None:
    """Find the case in the queue, take it, and ask whatever would settle it."""
    priya.page.goto(f"{priya.base}/queue/")
    priya.picture("queue")
    priya.press(TITLE)
    take(priya)
    priya.press("Ask")
    priya.picture("ask")
    for question in priya.page.get_by_role("checkbox").all():
        question.check()
    priya.press("Ask")
    priya.reads("Waiting for the requester")


def take(priya: Seat) -> None:
    """Take the case that is open, if it lies at triage."""
    if priya.page.locator("main").get_by_role("link", name="Take", exact=True).count():
        priya.press("Take")
        priya.press("Take")


def answer(maya: Seat) -> None:
    """One citizenship, no permanent residence."""
    maya.page.reload()
    maya.reads("Waiting for you.")
    maya.picture("case-asked")
    for label in maya.page.get_by_label("First").all():
        label.fill("none")
    citizenships = maya.page.get_by_role("group", name="Which citizenships")
    citizenships.get_by_label("First").fill("Japan")
    maya.press("Send the answer")
    maya.reads("Answered. The office goes on with it.")


def recommend(priya: Seat) -> None:
    """Establish what only the office can say, then recommend with reasons."""
    priya.press("Establish a fact")
    priya.page.get_by_role("textbox").first.fill("STA")
    priya.type("Reason", "Read the paragraph of the entry.")
    priya.picture("establish")
    priya.press("Establish a fact")
    take(priya)
    priya.reads("STA")
    priya.picture("case-office")
    priya.press("Recommend")
    priya.choose("Decision", "Approve once conditions are met")
    priya.type("Reasons", "Every reason that applies can go by this exception.")
    priya.type("Until", "2027-06-30")
    priya.picture("recommend")
    priya.press("Recommend")
    priya.reads("Waiting for a second signature.")


def test_a_request_goes_all_the_way(seats: dict[str, Seat]) -> None:
    maya, priya, helen = seats["maya"], seats["priya"], seats["helen"]
    write_request(maya)
    maya.picture("check")
    maya.press("Send the request")
    maya.reads("This is the answer so far. A person decides.")
    maya.picture("case-sent")
    place = f"/cases/{Case.objects.get(title=TITLE).reference}/"

    ask(priya)
    answer(maya)
    priya.page.goto(f"{priya.base}{place}")
    recommend(priya)

    helen.page.goto(f"{helen.base}{place}")
    helen.press("Countersign")
    helen.reads("Recommended, not signed")
    helen.picture("countersign")
    helen.press("Countersign")
    helen.reads("Approved once conditions are met")

    maya.page.reload()
    maya.reads("This request is approved once its conditions are met. Until 30 June 2027.")
    maya.picture("case-decided")
