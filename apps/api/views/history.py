"""What happened to a case, as the chain has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.domain.queries import names_of
from apps.api.asking import day_of, moment, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.history import EventShown
from apps.api.views.base import CaseEndpoint
from apps.audit.domain.present import sentence
from apps.workflow.domain.reading import history_of, reads_for_office


class History(CaseEndpoint):
    """The history of one request."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_history", shows=EventShown, many=True, refuses=(404,))
    }

    def get(self, request: Request, reference: str) -> Response:
        """Every event that is for the reader, oldest first, with its place in the chain."""
        at = moment()
        case = self.case_of(request, reference, at=at)
        office = reads_for_office(person_of(request), case, on=day_of(at))
        events = history_of(case, office=office)
        names = names_of({event.by for event in events})
        told = [{**asdict(event), "text": sentence(event, names=names)} for event in events]
        return self.show(request, told)
