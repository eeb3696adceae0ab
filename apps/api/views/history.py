"""What happened to a case, as the chain has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.domain.queries import names_of
from apps.api.asking import moment
from apps.api.operation import Operation, Operations
from apps.api.serializers.history import EventShown
from apps.api.views.base import CaseEndpoint
from apps.audit.domain.history import events_of
from apps.audit.domain.present import sentence
from apps.cases.domain.changes import case_subject


class History(CaseEndpoint):
    """The history of one request."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_history", shows=EventShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every event, oldest first, chained by its hashes."""
        events = events_of(case_subject(self.case_of(request, reference, at=moment())))
        names = names_of({event.by for event in events})
        told = [{**asdict(event), "text": sentence(event, names=names)} for event in events]
        return self.show(request, told)
