"""Which edition decides on a day, compiled once and kept by its digest."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from apps.engine import edition as engine
from apps.engine.refusal import Refusal
from apps.engine.rows import Rows
from apps.rulebook.domain.stored import StoredRow, from_stored
from apps.rulebook.models import Edition, EditionRow

KEPT_EDITIONS = 3
KEPT_DAYS = 16


def in_force(on: date) -> engine.Edition:
    """The published edition that decides on a day, compiled for that day.

    It is the last one whose first day has come. Rows carry their own dates, so that the oldest
    edition also answers for the time before it. Raises Refusal `no_edition`.
    """
    published = Edition.objects.filter(published_at__isnull=False)
    found = published.filter(in_force_from__lte=on).first() or published.last()
    if found is None:
        raise Refusal(
            code="no_edition",
            what="No edition of the rulebook is loaded.",
            remedy="Load one with rulebook_load.",
        )
    return _compiled(found.name, found.digest, on)


def is_any_published() -> bool:
    """Whether there is law to decide by at all."""
    return Edition.objects.filter(published_at__isnull=False).exists()


def edition_at(id: str, *, on: date) -> engine.Edition:  # noqa: A002  the edition's own word
    """A loaded edition by its id, as it stands on a day. Raises Refusal `unknown_edition`."""
    found = _named(id)
    return _compiled(found.name, found.digest, on)


def edition_rows(id: str) -> Rows:  # noqa: A002
    """The rows of a loaded edition. Raises Refusal `unknown_edition` or `edition_altered`."""
    found = _named(id)
    return _rows(found.name, found.digest)


def _named(name: str) -> Edition:
    # half a character, as a terminal may hand over, is no name, and no database takes it
    found = Edition.objects.filter(name=name).first() if name.isprintable() else None
    if found is None:
        raise Refusal(
            code="unknown_edition",
            what=f"There is no edition {name[:40]}.",
            where="edition",
            found=name[:80],
            valid="the id of a loaded edition",
            remedy="Load it with rulebook_load, or name another one.",
        )
    return found


@lru_cache(maxsize=KEPT_DAYS)
def _compiled(name: str, digest: str, on: date) -> engine.Edition:
    return engine.compile_edition(_rows(name, digest), id=name, on=on)


@lru_cache(maxsize=KEPT_EDITIONS)
def _rows(name: str, digest: str) -> Rows:
    stored = EditionRow.objects.filter(edition__name=name).values_list(
        "table", "place", "key", "body", "since", "before"
    )
    rows = from_stored(StoredRow(*row) for row in stored.iterator(chunk_size=2000))
    if rows.digest() != digest:
        raise Refusal(
            code="edition_altered",
            what=f"The rows of edition {name} are no longer those that were loaded.",
            where=f"edition:{name}",
            found=rows.digest(),
            valid=digest,
            remedy="Restore them from the files or from a backup; nothing is decided by them.",
        )
    return rows
