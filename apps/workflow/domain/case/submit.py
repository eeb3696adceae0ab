"""The requester hands a request in: frozen, checked, determined, routed, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.cases.domain.facts import facts_of
from apps.cases.models import Case
from apps.engine.facts.types import unwrap
from apps.engine.guards import Situation
from apps.engine.lifecycle import Verb
from apps.engine.refusal import Refusal, Refusals
from apps.screening.domain.hits import parties_of
from apps.screening.enums import Cause
from apps.workflow.domain.case.screen import screen_case
from apps.workflow.domain.transition import admit, move


@transaction.atomic
def submit_case(case: Case, *, by: User, version: int, at: datetime) -> Case:
    """Submit a draft: two moves in one transaction, submit by the person, screened by the system.

    Raises Refusal `stale_version`, `not_from_here`, `not_entitled`, `unmet_something_to_screen`;
    Refusals `name_missing` for parties that no list could be asked about, and whatever of the facts
    the edition in force cannot read. Nothing is kept of a submission that is refused.
    """
    turn = admit(case, Verb.SUBMIT, by=by, version=version, at=at)
    document = facts_of(case)
    _refuse_nameless(document)
    move(
        turn,
        situation=Situation(on=at.date(), releases=_releases(document)),
    )
    screen_case(case, cause=Cause.SUBMIT, at=at)
    return case


def _refuse_nameless(document: Mapping[str, object]) -> None:
    nameless = [party.path for party in parties_of(document) if not party.name]
    if nameless:
        raise Refusals(
            Refusal(
                "name_missing",
                "The lists are searched by name, and this party has none.",
                f"{path}.name",
                "Give the name, or take the party out.",
            )
            for path in nameless
        )


def _releases(document: Mapping[str, object]) -> int:
    """How many ways of release name who receives what."""
    releases = document.get("releases")
    return sum(
        1
        for release in (releases if isinstance(releases, list) else [])
        if all(_given(release.get(field)) for field in ("who", "what"))
    )


def _given(raw: object) -> bool:
    plain, _, _ = unwrap(raw)
    return bool(plain) and plain != "unknown"
