"""What the person who asks can do with a case now."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import day_of, moment, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.actions import ActionShown
from apps.api.views.base import CaseEndpoint
from apps.workflow.domain.actions import actions_for


class Actions(CaseEndpoint):
    """Verbs that lead from where a case stands."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_actions", shows=ActionShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Each verb with its answer: allowed or not, and the reason."""
        at = moment()
        case = self.case_of(request, reference, at=at)
        return self.show(request, actions_for(person_of(request), case, on=day_of(at)))
