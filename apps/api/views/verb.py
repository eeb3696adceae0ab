"""The one way a verb of a case is called: see the case, read shape and version, act once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import asked_version, moment, once, person_of
from apps.api.fields import Versioned
from apps.api.operation import Operation, Operations
from apps.api.serializers.cases import CaseShown
from apps.api.views.base import CaseEndpoint, tag_of

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.cases.models import Case


class Deed(TypedDict):
    """What every verb is told beside its matter: who, on which version, when."""

    by: User
    version: int
    at: datetime


class VerbEndpoint(CaseEndpoint, ABC):
    """POST a verb; the answer is the case as it then stands."""

    def post(self, request: Request, reference: str) -> Response:
        """Do it, on the version that was seen, and once for one idempotency key."""
        at, person = moment(), person_of(request)
        case, given = self.case_of(request, reference, at=at), self.given(request)
        deed = Deed(by=person, version=asked_version(request, given), at=at)
        given.pop("version", None)

        def act() -> Response:
            moved = self.act(case, given, deed)
            return self.show(request, moved, ETag=tag_of(moved))

        return once(request, act, at=at)

    @abstractmethod
    def act(self, case: Case, given: dict[str, Any], deed: Deed) -> Case:
        """One call of the verb; raises what the verb raises."""


def verb(name: str, reads: type[Versioned]) -> Operations:
    """The operation of a verb."""
    operation = Operation(
        name=name, reads=reads, shows=CaseShown, versioned=True, repeatable=True, refuses=(403, 404)
    )
    return {"POST": operation}
