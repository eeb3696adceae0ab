"""Facts: the answers of a case, and the registry of what may be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import asked_version, moment, once, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.facts import FactsInput, FactSpecShown, FactsShown
from apps.api.views.base import CaseEndpoint, Endpoint, tag_of
from apps.cases.domain.facts import facts_of
from apps.cases.domain.intake import save_facts
from apps.engine.facts import REGISTRY

if TYPE_CHECKING:
    from apps.cases.models import Case


class CaseFacts(CaseEndpoint):
    """The answers of one request."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="read_facts", shows=FactsShown, refuses=(404,)),
        "PATCH": Operation(
            name="save_facts",
            reads=FactsInput,
            shows=FactsShown,
            versioned=True,
            repeatable=True,
            refuses=(403, 404),
        ),
    }

    def get(self, request: Request, reference: str) -> Response:
        """The facts as a document, each with its source and date."""
        return self._show(request, self.case_of(request, reference, at=moment()))

    def patch(self, request: Request, reference: str) -> Response:
        """Save answers, all or none; any part of the answers is a valid draft."""
        at, person = moment(), person_of(request)
        case, given = self.case_of(request, reference, at=at), self.given(request)
        version = asked_version(request, given)

        def act() -> Response:
            save_facts(case, given["facts"], by=person, version=version, at=at)
            return self._show(request, case)

        return once(request, act, at=at)

    def _show(self, request: Request, case: Case) -> Response:
        told = {"reference": case.reference, "version": case.version, "facts": facts_of(case)}
        return self.show(request, {"format": "facts/1", **told}, ETag=tag_of(case))


class Registry(Endpoint):
    """What may be known of a case."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_facts", shows=FactSpecShown, many=True)
    }

    def get(self, request: Request) -> Response:
        """Every fact: its type, what is asked and why, how private it is, on which legal basis."""
        return self.show(request, REGISTRY)
