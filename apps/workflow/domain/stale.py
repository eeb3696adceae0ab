"""Tells the second of two who changed a case at once: who was first, when, and with what."""

from __future__ import annotations

from dataclasses import replace

from apps.accounts.domain.queries import names_of
from apps.audit.domain.history import latest_of
from apps.audit.domain.present import sentence
from apps.cases.domain.changes import case_subject
from apps.cases.models import Case
from apps.engine.refusal import Refusal


def stale_version(case: Case, version: int) -> Refusal:
    """The refusal of a change that was made on an earlier version than the one that stands."""
    last = latest_of([case_subject(case)]).get(case_subject(case))
    what = "Somebody has changed this request since you opened it."
    if last is not None:
        when = f"{last.at.day} {last.at:%B %Y at %H:%M} UTC"
        bare = replace(last, payload={**last.payload, "reason": ""})  # not everybody may read why
        happened = sentence(bare, names=names_of([last.by]))
        what = f"This request has changed since you opened it. {happened} ({when})"
    return Refusal(
        "stale_version",
        what,
        "version",
        "Look at it again, then repeat your change.",
        found=str(version),
        valid=str(case.version),
    )
