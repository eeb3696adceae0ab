"""The edition of the rulebook that decides."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import day_of, moment
from apps.api.operation import Operation, Operations
from apps.api.serializers.rulebook import EditionFilter, EditionShown
from apps.api.views.base import Endpoint
from apps.rulebook.domain.editions import in_force


class CurrentEdition(Endpoint):
    """The edition in force."""

    operations: ClassVar[Operations] = {
        "GET": Operation(
            name="read_current_edition", asks=EditionFilter, shows=EditionShown, refuses=(503,)
        )
    }

    def get(self, request: Request) -> Response:
        """The edition that decides on a day, by its digest."""
        on = self.asked(request).get("on") or day_of(moment())
        return self.show(request, in_force(on))
