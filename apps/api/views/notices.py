"""The inbox of the person who asks."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.asking import moment, person_of
from apps.api.operation import Operation, Operations
from apps.api.serializers.notices import InboxShown, NoticeFilter, SeenInput, SeenShown
from apps.api.views.base import Endpoint
from apps.notices.domain.inbox import inbox_of, mark_seen, unseen_count


class Notices(Endpoint):
    """My notices."""

    operations: ClassVar[Operations] = {
        "GET": Operation(name="list_notices", asks=NoticeFilter, shows=InboxShown)
    }

    def get(self, request: Request) -> Response:
        """A part of my inbox, newest first."""
        person = person_of(request)
        told = inbox_of(person, **self.asked(request))
        return self.show(request, {"unseen": unseen_count(person), "notices": told})


class NoticesSeen(Endpoint):
    """That I have seen them."""

    operations: ClassVar[Operations] = {
        "POST": Operation(name="mark_notices_seen", reads=SeenInput, shows=SeenShown)
    }

    def post(self, request: Request) -> Response:
        """Mark notices of mine as seen; once more changes nothing."""
        only = self.given(request).get("ids")
        return self.show(request, {"seen": mark_seen(person_of(request), at=moment(), only=only)})
