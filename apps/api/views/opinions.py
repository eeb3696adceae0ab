"""What people made of a case: decisions for everybody who sees it, the rest for its office."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import day_of, moment, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.opinions import DecisionShown, RecommendationShown
from apps.api.serializers.questions import HitShown
from apps.api.views.base import CaseEndpoint
from apps.screening.domain.hits import hits_of
from apps.screening.domain.opinions import decisions_of, recommendations_of
from apps.workflow.domain.reading import refuse_outside_office


class Decisions(CaseEndpoint):
    """Decisions on a case."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_decisions", shows=DecisionShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every decision with its reasons, newest first."""
        return self.show(request, decisions_of(self.case_of(request, reference, at=moment())))


class Recommendations(CaseEndpoint):
    """Recommendations on a case, for its office."""

    operations: ClassVar[Operations] = {
        "GET": Operation(
            name="list_recommendations", shows=RecommendationShown, many=True, refuses=(403, 404)
        )
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every version with its signatures, newest first."""
        at = moment()
        case = self.case_of(request, reference, at=at)
        refuse_outside_office(person_of(request), case, on=day_of(at))
        return self.show(request, recommendations_of(case))


class Hits(CaseEndpoint):
    """List hits of a case, for its office."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_hits", shows=HitShown, many=True, refuses=(403, 404))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every hit with its id, those to be settled first."""
        at = moment()
        case = self.case_of(request, reference, at=at)
        refuse_outside_office(person_of(request), case, on=day_of(at))
        return self.show(request, hits_of(case))
