"""Loads the rulebook of a folder as an edition; run again it changes nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.files import Rulebook, read_folder
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.shipped import FOLDER
from apps.rulebook.domain.stored import KINDS

BY = "system:rulebook_load"
REFUSED = 2


class Command(BaseCommand):
    """The files are read and checked whole before the first row is kept."""

    help = "Load the rulebook of a folder as an edition, and let it decide from its first day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path, --draft and --json."""
        parser.add_argument("--path", type=Path, default=FOLDER, help="folder with edition.yaml")
        parser.add_argument("--draft", action="store_true", help="load, but do not publish")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: Path, draft: bool, **options: object) -> None:
        """Raises SystemExit 2 where the rulebook is refused; then nothing is kept."""
        book: Rulebook | None = None
        errors: Iterable[Refusal] = ()
        try:
            book = read_folder(path)
            at = timezone.now()
            load_edition(book.rows, id=book.id, by=BY, at=at, since=book.since, publish=not draft)
        except Refusals as several:
            errors = several.items
        except Refusal as one:
            errors = (one,)
        self._tell(book, errors, json=bool(options["json"]))
        if errors:
            sys.exit(REFUSED)

    def _tell(self, book: Rulebook | None, errors: Iterable[Refusal], *, json: bool) -> None:
        for warning in book.warnings if book else ():
            self.stderr.write(f"{warning.severity}: {warning.row}: {warning.what}")
        for refusal in errors:
            self.stderr.write(str(refusal))
        loaded = None if errors else book
        if json:
            self.stdout.write(_envelope(loaded, errors).as_json())
        elif loaded:
            self.stdout.write(f"{loaded.id} {loaded.rows.digest()}: {_counted(loaded)}")


def _envelope(book: Rulebook | None, errors: Iterable[Refusal]) -> Envelope:
    edition = {"id": book.id, "digest": book.rows.digest()} if book else None
    result: dict[str, object] = {}
    if book:
        warnings = [
            {"code": item.check, "path": item.row, "message": item.what} for item in book.warnings
        ]
        rows = {table: len(getattr(book.rows, table)) for table in KINDS}
        result = {"in_force_from": book.since.isoformat(), "rows": rows, "warnings": warnings}
    return Envelope(command="rulebook_load", result=result, edition=edition, errors=errors)


def _counted(book: Rulebook) -> str:
    return ", ".join(f"{len(getattr(book.rows, table))} {table}" for table in KINDS)
