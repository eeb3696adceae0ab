"""The OpenAPI document, drawn from the operations of the endpoints."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from apps.api.fields import Shown
from apps.api.operation import Operation, Operations
from apps.api.problems import PROBLEM_TYPE


class ErrorShown(Shown):
    """One refused input, in the shape of every JSON output of the project."""

    code = serializers.CharField(help_text="Stable; safe to branch on.")
    file = serializers.CharField(allow_blank=True)
    line = serializers.IntegerField(allow_null=True)
    path = serializers.CharField(allow_blank=True, help_text="Where in the input.")
    found = serializers.CharField(allow_blank=True)
    valid = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True)


class ProblemShown(Shown):
    """Why a request was refused (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        """`errors` too, a name that serializers keep for themselves."""
        return {**super().get_fields(), "errors": ErrorShown(many=True)}


class HouseSchema(AutoSchema):
    """Reads `operations` of a view; views without are left out of the document."""

    @property
    def operation(self) -> Operation:
        """The operation being described."""
        operations: Operations = getattr(self.view, "operations", {})
        return operations[self.method]

    def is_excluded(self) -> bool:
        """Only what is declared is promised."""
        return self.method not in getattr(self.view, "operations", {})

    def get_operation_id(self) -> str:
        """The declared name."""
        return self.operation.name

    def get_description(self) -> str:  # type: ignore[override]  # as in drf-spectacular
        """What the method says of itself, or its endpoint where all methods are inherited."""
        own = vars(type(self.view)).get(self.method.lower(), type(self.view))
        return " ".join((own.__doc__ or "").split())

    def get_tags(self) -> list[str]:
        """The first part of the address."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_request_serializer(self) -> Any:
        """What the body must look like."""
        return self.operation.reads

    def get_response_serializers(self) -> Any:
        """What is shown, and every refusal as a problem."""
        operation = self.operation
        shown = (
            operation.shows(many=True) if operation.shows and operation.many else operation.shows
        )
        answers: dict[tuple[int, str], Any] = {(operation.status, "application/json"): shown}
        for status in self._refusals(operation):
            answers[status, PROBLEM_TYPE] = ProblemShown
        return answers

    def get_override_parameters(self) -> list[Any]:
        """Query parameters, and the headers that make writing safe."""
        operation = self.operation
        asked: list[Any] = [operation.asks] if operation.asks else []
        if operation.versioned:
            asked.append(
                _header(
                    "If-Match", "Version of the case you saw, quoted; or send the field `version`."
                )
            )
        if operation.repeatable:
            asked.append(
                _header("Idempotency-Key", "Send the same key again, and it still happens once.")
            )
        return asked

    def _refusals(self, operation: Operation) -> list[int]:
        signed_in = not any(isinstance(gate, AllowAny) for gate in self.view.get_permissions())
        statuses = set(operation.refuses) | ({401} if signed_in else set())
        statuses |= {400, 413, 415, 422} if operation.reads else set()
        statuses |= {400, 422} if operation.asks else set()
        statuses |= {409, 428, 503} if operation.versioned else set()
        return sorted(statuses)


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # library hook
    """How the OpenAPI document names the bearer token."""

    target_class = "apps.api.signin.BearerToken"
    name = "bearerToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """The security scheme object."""
        return {"type": "http", "scheme": "bearer"}


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # library hook
    """How the OpenAPI document names a signed-in session."""

    target_class = "apps.api.signin.BrowserSession"
    name = "browserSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """The security scheme object."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(
        name, str, OpenApiParameter.HEADER, required=False, description=description
    )
