"""A small law and small lists: the shipped rules over few countries and entries, quick to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from django.utils.timezone import localdate, now

from apps.engine.rows import Rows
from apps.rulebook.domain.editions import _compiled, _rows
from apps.rulebook.domain.files import read_rulebook
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.shipped import FOLDER
from apps.watchlists.domain.load import load_list
from tests.factories.watchlists import DocumentFactory

COUNTRIES = frozenset({"CN", "DE", "US"})
ENTRIES = ("3B001", "3E001", "1B201", "1E201", "EAR99", "listed", "not_")
BY = "system:test"
LOADED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@cache
def small_rows() -> Rows:
    """The rows, read once."""
    rows = read_rulebook(FOLDER)
    return replace(
        rows,
        countries=tuple(row for row in rows.countries if row.code in COUNTRIES),
        groups=tuple(row for row in rows.groups if row.country in COUNTRIES),
        chart=tuple(row for row in rows.chart if row.country in COUNTRIES),
        items=tuple(row for row in rows.items if row.item.startswith(ENTRIES)),
        reasons=tuple(row for row in rows.reasons if row.item.startswith(ENTRIES)),
        _digest=[],
    )


def enact() -> None:
    """Load the edition that decides, and one list with two invented parties."""
    _rows.cache_clear()
    _compiled.cache_clear()
    load_edition(small_rows(), id="2026-11-small", by=BY, at=LOADED)
    load_list(DocumentFactory.create(as_of=localdate()), by="system:watchlist_load", at=now())
