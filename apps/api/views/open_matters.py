"""What is open on a case: questions to the requester, and conditions of its approval."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import moment
from apps.api.operation import Operation, Operations
from apps.api.serializers.questions import ConditionShown, QuestionShown
from apps.api.views.base import CaseEndpoint
from apps.cases.domain.conditions import conditions_of
from apps.cases.domain.questions import open_questions


class Questions(CaseEndpoint):
    """Questions that wait for the requester."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_questions", shows=QuestionShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """The open questions, with the ids that an answer names."""
        return self.show(request, open_questions(self.case_of(request, reference, at=moment())))


class Conditions(CaseEndpoint):
    """Conditions of an approval."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_conditions", shows=ConditionShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every condition with its key, met or not."""
        return self.show(request, conditions_of(self.case_of(request, reference, at=moment())))
