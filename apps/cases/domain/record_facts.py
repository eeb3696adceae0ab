"""What the record of a case says by itself: kind of request, host, who gives to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from apps.cases.models import Case
from apps.engine.facts import FactEntry

HOST: Final = "host"
VISITOR: Final = "visitor"
RECORD: Final = "record of the institution"
REQUEST: Final = "kind of request"
_HELD = re.compile(
    rf"^(activity\.(kind|host)|organisations\.{HOST}\.(name|country|kind)"
    r"|releases\.[^.]+\.id|papers\.[^.]+\.kind)$"
)
_RELEASE = re.compile(r"^releases\.([^.]+)\.")


def held_by_record(path: str) -> bool:
    """Whether the record of the case answers a path: nobody is asked, nobody may differ."""
    return _HELD.match(path) is not None


def record_entries(case: Case) -> list[FactEntry]:
    """The facts that stand in the record: kind of request and hosting institution."""
    host = case.institution
    return [
        FactEntry("activity.kind", case.kind, REQUEST),
        FactEntry("activity.host", HOST, RECORD),
        FactEntry(f"organisations.{HOST}.name", host.name, RECORD),
        FactEntry(f"organisations.{HOST}.country", host.country, RECORD),
        FactEntry(f"organisations.{HOST}.kind", host.kind, RECORD),
    ]


def visit_entries(answered: Iterable[str]) -> list[FactEntry]:
    """What goes without saying in a visit: each release goes from the host to the visitor.

    An answer of its own goes before it.
    """
    paths = set(answered)
    releases = sorted({match[1] for path in paths if (match := _RELEASE.match(path))})
    given = [
        FactEntry(f"releases.{release}.{field}", name, REQUEST)
        for release in releases
        for field, name in (("from", HOST), ("who", VISITOR))
    ]
    return [entry for entry in given if entry.path not in paths]
