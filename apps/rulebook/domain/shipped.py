"""The rulebook that is shipped with the program, compiled from its files without a database."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from apps.engine.edition import Edition, compile_edition
from apps.rulebook.domain.files import read_folder

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
FOLDER = FIXTURES / "rulebook"


@lru_cache(maxsize=2)  # the files do not change while the program runs
def shipped_edition(folder: Path = FOLDER, *, on: date | None = None) -> Edition:
    """The edition of a folder as it stands on a day, by default its first. Raises Refusals."""
    book = read_folder(folder)
    return compile_edition(book.rows, id=book.id, on=on or book.since)
