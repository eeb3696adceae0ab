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
_ITEM = re.compile(r"^items\.([^.]+)\.")
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

    Where one technology is named, it is what each release is about. An answer of its own goes
    before all of this.
    """
    paths = set(answered)
    releases, items = _ids(_RELEASE, paths), _ids(_ITEM, paths)
    said = {"from": HOST, "who": VISITOR} | ({"what": items[0]} if len(items) == 1 else {})
    given = [
        FactEntry(f"releases.{release}.{field}", name, REQUEST)
        for release in releases
        for field, name in said.items()
    ]
    return [entry for entry in given if entry.path not in paths]


def _ids(block: re.Pattern[str], paths: Iterable[str]) -> list[str]:
    return sorted({match[1] for path in paths if (match := block.match(path))})
