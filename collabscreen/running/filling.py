"""Bring the data of an installation up to date: tables, and at first law, lists and the demo."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django.utils import timezone

from apps.rulebook.domain.editions import is_any_published
from apps.rulebook.domain.files import read_folder
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.shipped import FOLDER
from apps.watchlists.domain.queries import active_versions
from apps.workflow.domain.demo.load import load_demo

BY = "system:start"


@dataclass(frozen=True)
class Step:
    """One step of filling, told by its name; `is_done` keeps what people have loaded since."""

    name: str
    is_done: Callable[[], bool]
    run: Callable[[], object]


@dataclass(frozen=True)
class Done:
    """A step that was run, and how many seconds it took."""

    name: str
    seconds: float


def fill(*, demo: bool) -> Iterator[Done]:
    """Run in order every step that is not done, telling each as it ends. A refusal goes on up."""
    for step in steps(demo=demo):
        begun = time.monotonic()
        if not step.is_done():
            step.run()
            yield Done(step.name, time.monotonic() - begun)


def steps(*, demo: bool) -> list[Step]:
    """Tables before law, law before lists, all of them before anybody asks."""
    filled = [
        Step("tables", lambda: False, _quietly("migrate", interactive=False)),
        Step("rulebook", is_any_published, _load_rulebook),
        Step("lists", lambda: bool(active_versions()), _quietly("watchlist_load")),
    ]
    if demo:
        filled.append(Step("demo", lambda: False, lambda: load_demo(at=timezone.now())))
    return filled


def _load_rulebook() -> None:
    book = read_folder(FOLDER)
    load_edition(book.rows, id=book.id, by=BY, at=timezone.now(), since=book.since)


def _quietly(command: str, **options: object) -> Callable[[], object]:
    return lambda: call_command(command, verbosity=0, stdout=io.StringIO(), **options)
