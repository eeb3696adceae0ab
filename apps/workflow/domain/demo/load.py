"""Loads the demo once, whole or not at all; loading it again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from apps.accounts.domain.queries import institution_called
from apps.engine.refusal import Refusal, Refusals
from apps.workflow.domain.demo.requests import play
from apps.workflow.domain.demo.script import read_people, read_requests, read_top
from apps.workflow.domain.demo.university import found_university

FOLDER: Final = Path(settings.BASE_DIR) / "fixtures" / "demo"


@dataclass(frozen=True, slots=True)
class Login:
    """How to sign in as somebody of the demo, and who that is."""

    email: str
    password: str
    name: str
    duties: tuple[str, ...]


@transaction.atomic
def load_demo(folder: Path = FOLDER, *, at: datetime) -> bool:
    """Put the demo university with its requests on record; whether anything was new.

    Everything is read before the first row is written. Raises Refusal `demo_in_production`, or what
    the files or a verb are refused for; then nothing of the demo is kept.
    """
    if settings.ENV.production:
        raise Refusal(
            "demo_in_production",
            "The demo has passwords that everybody knows, so it is never loaded in production.",
            remedy="Load it into an installation of its own.",
        )
    if is_loaded(folder):
        return False
    requests = read_requests(folder)
    university = found_university(folder, at=at)
    for request in requests:
        play(request, people=university.people, at=at)
    return True


def is_loaded(folder: Path = FOLDER) -> bool:
    """Whether the university of a demo folder is on record. Raises Refusals for the file."""
    top = read_top(folder, "university.yaml", "demo-university/1", [])
    return institution_called(top.block("institution").text("slug")) is not None


def demo_logins(folder: Path = FOLDER) -> list[Login]:
    """The logins of a demo folder, in the order of its file. Raises Refusals."""
    refusals: list[Refusal] = []
    top = read_top(folder, "university.yaml", "demo-university/1", refusals)
    people = read_people(top)
    if refusals:
        raise Refusals(refusals)
    return [
        Login(
            email=person.email,
            password=top.text("password"),
            name=person.name,
            duties=tuple(sorted({role.replace("_", " ") for role, _ in person.roles}))
            or ("researcher",),
        )
        for person in people
    ]
