"""Bring the data of an installation up to date: tables, law, lists and, at first, the demo."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.management import call_command


@dataclass(frozen=True)
class Step:
    """One step of filling, told by its name; running it again changes nothing."""

    name: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Done:
    """A step that ended, and how many seconds it took."""

    name: str
    seconds: float


def fill(*, demo: bool) -> Iterator[Done]:
    """Run every step in order, telling each one as it ends. What a step refuses goes on up."""
    for step in steps(demo=demo):
        begun = time.monotonic()
        step.run()
        yield Done(step.name, time.monotonic() - begun)


def steps(*, demo: bool) -> list[Step]:
    """Tables before law, law before lists, all of them before anybody asks."""
    return [
        Step("tables", _quietly("migrate", interactive=False)),
        Step("watch lists", _quietly("watchlist_load")),
    ]


def _quietly(command: str, **options: object) -> Callable[[], object]:
    return lambda: call_command(command, verbosity=0, stdout=io.StringIO(), **options)
