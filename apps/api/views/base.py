"""What every endpoint has in common: strict input, one moment, nothing kept by caches."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.asking import day_of, person_of, read_body, read_query
from apps.api.operation import Operation, Operations
from apps.cases.domain.access import get_case

if TYPE_CHECKING:
    from apps.cases.models import Case


class Endpoint(APIView):
    """One address. `operations` says by method what it reads, asks and shows."""

    operations: ClassVar[Operations] = {}
    http_method_names = ["get", "head", "post", "patch", "delete"]

    def operation_of(self, request: Request) -> Operation:
        """The operation that a request asks for; HEAD asks what GET asks."""
        return self.operations["GET" if request.method == "HEAD" else request.method or ""]

    def given(self, request: Request) -> dict[str, Any]:
        """The body, in the shape the operation reads."""
        shape = self.operation_of(request).reads
        return read_body(shape, request) if shape else {}

    def asked(self, request: Request) -> dict[str, Any]:
        """The query parameters, in the shape the operation asks."""
        shape = self.operation_of(request).asks
        return read_query(shape, request) if shape else {}

    def show(self, request: Request, what: object, **headers: str) -> Response:
        """The answer, in the shape the operation shows."""
        operation = self.operation_of(request)
        shape = operation.shows
        body = shape(what, many=operation.many).data if shape else None
        return Response(body, status=operation.status, headers=headers)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Personal data and law of the day: no cache keeps an answer."""
        response.headers.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)


class CaseEndpoint(Endpoint):
    """An address below one case; 404 in the same words whether it exists or is hidden."""

    def case_of(self, request: Request, reference: str, *, at: datetime) -> Case:
        """The case, through the one door; raises CaseNotFound."""
        return get_case(person_of(request), reference, on=day_of(at))


def tag_of(case: Case) -> str:
    """The entity tag of a case: its version, to be sent back in If-Match."""
    return f'"{case.version}"'


class Nowhere(Endpoint):
    """Every address under /api/v1/ that means nothing."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Not found, whatever the method, and whoever asks."""
        raise NotFound
