"""Loads the restricted-party lists of a folder; run again it changes nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.load import Loaded, load_list

BY = "system:watchlist_load"
FOLDER = Path(settings.BASE_DIR) / "fixtures" / "watchlists"
REFUSED = 2


class Command(BaseCommand):
    """The files are read and checked whole before the first list is switched."""

    help = "Load the restricted-party lists of a folder and search them from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path and --json."""
        parser.add_argument("--path", type=Path, default=FOLDER, help="folder with sources.csv")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: Path, **options: object) -> None:
        """Raises SystemExit 2 where a list is refused; its active version stays."""
        loaded: list[Loaded] = []
        errors: Sequence[Refusal] = ()
        at = timezone.now()
        try:
            for document in read_lists(path):
                loaded.append(load_list(document, by=BY, at=at))  # noqa: PERF401  kept on refusal
        except Refusals as several:
            errors = several.items
        except Refusal as one:
            errors = (one,)
        self._tell(loaded, errors, json=bool(options["json"]))
        if errors:
            sys.exit(REFUSED)

    def _tell(self, loaded: list[Loaded], errors: Sequence[Refusal], *, json: bool) -> None:
        for refusal in errors:
            self.stderr.write(str(refusal))
        if json:
            result = {"lists": [asdict(done) for done in loaded]}
            envelope = Envelope(command="watchlist_load", result=result, errors=errors)
            self.stdout.write(envelope.as_json())
            return
        for done in loaded:
            state = "now searched" if done.changed else "already searched"
            self.stdout.write(f"{done.list} {done.version}: {done.entries} entries, {state}")
