"""Determinations: the one that counts for a case, and one that nobody keeps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import day_of, moment
from apps.api.operation import Operation, Operations
from apps.api.serializers.determination import (
    DeterminationInput,
    DeterminationShown,
    StoredDeterminationShown,
)
from apps.api.views.base import CaseEndpoint, Endpoint
from apps.engine.edition import Edition
from apps.routing.domain.assign import assignments_of
from apps.rulebook.domain.editions import in_force
from apps.screening.domain.facts_files import FileDetermination, determine_facts
from apps.screening.domain.queries import standing_determination
from apps.screening.domain.replay import recompute
from apps.watchlists.domain.result import State
from apps.watchlists.domain.search import search_names

if TYPE_CHECKING:
    from apps.cases.models import Case

MOST_AT_ONCE = 100  # exposures in one request: each that is open is gone through answer by answer


class Determinations(Endpoint):
    """A determination of facts that belong to no case."""

    operations: ClassVar[Operations] = {
        "POST": Operation(
            name="determine", reads=DeterminationInput, shows=DeterminationShown, refuses=(503,)
        )
    }

    def post(self, request: Request) -> Response:
        """Determine a facts document under the edition in force; nothing of it is kept.

        A party with a name and without `hits` is searched in the lists.
        """
        given = self.given(request)
        on = given.get("on") or day_of(moment())
        edition = in_force(on)
        search = partial(search_names, on=on)
        found = determine_facts(given["facts"], edition, on=on, search=search, most=MOST_AT_ONCE)
        return self.show(request, _answered(found, edition))


class CaseDetermination(CaseEndpoint):
    """The determination that counts for a case."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="read_determination", shows=StoredDeterminationShown, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Outcome, trace and sources, drawn anew from the stored inputs."""
        return self.show(request, _told(self.case_of(request, reference, at=moment())))


def _told(case: Case) -> dict[str, object]:
    row = standing_determination(case)
    answer = recompute(row)
    return {
        "reference": case.reference,
        "number": row.number,
        "cause": row.cause,
        "at": row.at,
        "on": row.on,
        "edition": {"id": row.edition_id, "digest": row.edition_digest},
        "lists": row.lists,
        "lists_complete": row.lists_complete,
        "lists_why": row.lists_why,
        "replays": answer.digest == row.digest,
        "result": {**answer.as_result(), "route": _route(case)},
    }


def _answered(found: FileDetermination, edition: Edition) -> dict[str, object]:
    return {
        "on": edition.on,
        "edition": {"id": edition.id, "digest": edition.digest},
        "lists": found.lists,
        "lists_complete": found.search is None or found.search.state is State.COMPLETE,
        "lists_why": found.search.why if found.search else "",
        "result": found.as_result(),
    }


def _route(case: Case) -> dict[str, object]:
    """Where the case lies, or lay last."""
    for held in assignments_of(case):
        return {"office": held.office.slug, "desk": held.desk, "why": held.why}
    return {"office": "", "desk": "", "why": []}
