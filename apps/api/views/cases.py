"""Cases: open one, list them, see one, say what it is about."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import asked_version, day_of, moment, once, person_of
from apps.api.listing import list_cases
from apps.api.operation import Operation, Operations
from apps.api.serializers.cases import (
    CaseDescription,
    CaseFilter,
    CaseInput,
    CasePage,
    CaseShown,
)
from apps.api.views.base import CaseEndpoint, Endpoint, tag_of
from apps.cases.domain.intake import describe_case, open_draft


class Cases(Endpoint):
    """Requests: one's own, or those of one's offices."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_cases", asks=CaseFilter, shows=CasePage),
        "POST": Operation(
            name="open_case", reads=CaseInput, shows=CaseShown, status=201, repeatable=True
        ),
    }

    def get(self, request: Request) -> Response:
        """One page of a list of requests."""
        person, asked = person_of(request), self.asked(request)
        return self.show(request, list_cases(person, asked, on=day_of(moment())))

    def post(self, request: Request) -> Response:
        """Open a draft; answers follow by PATCH on its facts."""
        at, given = moment(), self.given(request)

        def act() -> Response:
            case = open_draft(**given, by=person_of(request), at=at)
            place = reverse("api:case", args=[case.reference])
            return self.show(request, case, ETag=tag_of(case), Location=place)

        return once(request, act, at=at)


class OneCase(CaseEndpoint):
    """One request."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="read_case", shows=CaseShown, refuses=(404,)),
        "PATCH": Operation(
            name="describe_case",
            reads=CaseDescription,
            shows=CaseShown,
            versioned=True,
            repeatable=True,
            refuses=(403, 404),
        ),
    }

    def get(self, request: Request, reference: str) -> Response:
        """The request as it stands; its version is the entity tag."""
        case = self.case_of(request, reference, at=moment())
        return self.show(request, case, ETag=tag_of(case))

    def patch(self, request: Request, reference: str) -> Response:
        """Name the request, and say in plain words what will be done."""
        at = moment()
        case, given = self.case_of(request, reference, at=at), self.given(request)
        version = asked_version(request, given)
        text = {name: given.get(name, getattr(case, name)) for name in ("title", "summary")}

        def act() -> Response:
            described = describe_case(case, **text, by=person_of(request), version=version, at=at)
            return self.show(request, described, ETag=tag_of(described))

        return once(request, act, at=at)
