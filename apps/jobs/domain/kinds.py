"""Who does which kind of job: each room names its handlers in its own `tasks` module.

There are three forms. `handles`: one transaction that also marks the job done, so that the effect
happens once. `handles_in_steps`: a generator, each of whose steps commits with its
progress, so that a long job resumes where it was. `handles_outside`: no transaction, for effects on
other machines (mail); these happen at least once and must bear repeating.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.engine.refusal import Refusal

USUAL_LEASE = timedelta(minutes=5)
USUAL_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Running:
    """A job as its handler sees it: what to do, when it was taken, how far it had come."""

    id: int
    key: str
    payload: Mapping[str, Any]
    at: datetime
    token: str
    lease: timedelta
    attempt: int = 1
    done: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """How far a long job is: so many of so many; `total` None while nobody knows."""

    done: int
    total: int | None = None


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help; the job fails at once."""


Work = Callable[[Running], None]
Steps = Callable[[Running], Generator[Step, None, None]]


@dataclass(frozen=True, slots=True)
class Handling:
    """How a kind of job is done: its steps, lease and attempts, and whether in transactions."""

    kind: str
    steps: Steps
    lease: timedelta
    attempts: int
    inside: bool = True


_HANDLINGS: dict[str, Handling] = {}


def handles(
    kind: str, *, lease: timedelta = USUAL_LEASE, attempts: int = USUAL_ATTEMPTS
) -> Callable[[Work], Work]:
    """Handle a kind of job in one transaction with its end: done once in effect."""

    def register(work: Work) -> Work:
        _register(Handling(kind, _one_go(work), lease, attempts))
        return work

    return register


def handles_outside(
    kind: str, *, lease: timedelta = USUAL_LEASE, attempts: int = USUAL_ATTEMPTS
) -> Callable[[Work], Work]:
    """Handle a kind of job without a transaction: done at least once."""

    def register(work: Work) -> Work:
        _register(Handling(kind, _one_go(work), lease, attempts, inside=False))
        return work

    return register


def handles_in_steps(
    kind: str, *, lease: timedelta = USUAL_LEASE, attempts: int = USUAL_ATTEMPTS
) -> Callable[[Steps], Steps]:
    """Handle a kind of job step by step: each done once in effect; resumes at the job's `done`."""

    def register(steps: Steps) -> Steps:
        _register(Handling(kind, steps, lease, attempts))
        return steps

    return register


def handling_of(kind: str) -> Handling:
    """The handling of a kind. Raises Refusal `unknown_job_kind`."""
    if kind not in _HANDLINGS:
        raise Refusal(
            code="unknown_job_kind",
            what="No room handles this kind of job.",
            where="kind",
            found=kind,
            valid=", ".join(sorted(_HANDLINGS)),
            remedy="Register a handler in the tasks module of the room that knows the work.",
        )
    return _HANDLINGS[kind]


def _register(handling: Handling) -> None:
    if handling.kind in _HANDLINGS:
        raise ValueError(f"two handlers for jobs of kind {handling.kind}")
    _HANDLINGS[handling.kind] = handling


def _one_go(work: Work) -> Steps:
    """Work without steps, as steps: it is over before the first."""

    def steps(job: Running) -> Generator[Step, None, None]:
        work(job)
        yield from ()

    return steps
