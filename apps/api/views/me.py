"""Who I am here."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.domain.queries import duties_of
from apps.api.asking import day_of, moment, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.me import MeShown
from apps.api.views.base import Endpoint


class Me(Endpoint):
    """The person who asks."""

    operations: ClassVar[Operations] = {"GET": Operation(name="read_me", shows=MeShown)}

    def get(self, request: Request) -> Response:
        """My name, my institution, and the roles I hold today."""
        person = person_of(request)
        held = duties_of(person, on=day_of(moment()))
        return self.show(request, {"person": person, "roles": held})
