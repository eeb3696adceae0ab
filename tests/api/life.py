"""A visit, and the clients of those who take part in its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

CASES = "/api/v1/cases"
# Everything known: a plain visit that needs no licence.
PLAIN: dict[str, object] = {
    "activity.nature": "applied",
    "activity.publication": ["restricted"],
    "activity.end_use": ["civil"],
    "people.visitor.name": "Lin Weber",
    "people.visitor.citizenships": [{"country": "DE"}],
    "people.visitor.permanent_residencies": [],
    "people.visitor.employer": "home",
    "people.visitor.affiliations": [],
    "people.visitor.influence": [],
    "organisations.home.name": "Example Institute",
    "organisations.home.country": "DE",
    "organisations.home.kind": "university",
    "organisations.home.owners": [],
    "items.manual.nature": "technology",
    "items.manual.control.US-EAR.item": "EAR99",
    "items.manual.proprietary_input": True,
    "items.manual.published": False,
    "items.manual.open_patent": False,
    "items.manual.catalogue_course": False,
    "releases.r1.what": "manual",
    "releases.r1.how": "operation",
    "releases.r1.where": "US",
}
# A listed technology for somebody of a country the chart marks: a licence is needed.
LISTED = {
    **PLAIN,
    "people.visitor.citizenships": [{"country": "CN"}],
    "people.visitor.protected_in": [],
    "items.manual.control.US-EAR.item": "1E201",
    "items.manual.control.US-EAR.for": "1B201",
    "releases.r1.how": "training",
    "releases.r1.verbs": [
        "operation",
        "installation",
        "maintenance",
        "repair",
        "overhaul",
        "refurbishing",
    ],
}
# The same as far as its requester knows: one question would settle it.
OPEN = {path: value for path, value in LISTED.items() if path != "people.visitor.protected_in"}


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


Officer = Callable[..., Any]
