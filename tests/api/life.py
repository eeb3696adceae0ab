"""A visit, and the clients of those who take part in its life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from tests.factories.workflow import FREE, LICENCE, answers

CASES = "/api/v1/cases"
CITIZEN = "people.visitor.citizenships"
PLAIN = answers(FREE)  # nothing asks for a licence
LISTED = answers(LICENCE)  # a licence is needed
OPEN = answers(None)  # the same as far as its requester knows: one answer would settle it


@dataclass
class Visit:
    """One case as somebody moves it: the answer to the last request, and the version it names."""

    client: APIClient
    place: str
    last: Any = None

    @property
    def seen(self) -> Any:
        """The case as its requester now reads it."""
        return self.client.get(self.place).json()

    def do(self, client: APIClient, verb: str, **body: object) -> Any:
        """Do a verb on the version that stands."""
        body.setdefault("version", self.seen["version"])
        self.last = client.post(f"{self.place}/{verb}", body)
        return self.last

    def done(self, client: APIClient, verb: str, **body: object) -> Any:
        """Do a verb that must work; the case as it then stands."""
        answer = self.do(client, verb, **body)
        assert answer.status_code == 200, answer.json()
        return answer.json()


def open_visit(client: APIClient, facts: dict[str, object]) -> Visit:
    """A draft with these answers."""
    place = client.post(CASES, {"kind": "visit", "title": "A visit"}).headers["Location"]
    saved = client.patch(f"{place}/facts", {"facts": facts, "version": 1})
    assert saved.status_code == 200, saved.json()
    return Visit(client, place)
