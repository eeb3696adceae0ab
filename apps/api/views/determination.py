"""Determinations: the one that counts for a case, and one that nobody keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import moment
from apps.api.operation import Operation, Operations
from apps.api.serializers.determination import StoredDeterminationShown
from apps.api.views.base import CaseEndpoint
from apps.routing.domain.assign import assignments_of
from apps.screening.domain.queries import standing_determination
from apps.screening.domain.replay import recompute

if TYPE_CHECKING:
    from apps.cases.models import Case


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


def _route(case: Case) -> dict[str, object]:
    """Where the case lies, or lay last."""
    for held in assignments_of(case):
        return {"office": held.office.slug, "desk": held.desk, "why": held.why}
    return {"office": "", "desk": "", "why": []}
