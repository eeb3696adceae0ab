"""Loads the restricted-party lists of a folder; run again it changes nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.engine.refusal import Refusal, Refusals
from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.load import Loaded, load_list

REFUSED = 2


class Command(BaseCommand):
    """The lists are read and checked whole before the first one is switched."""

    help = "Load the restricted-party lists of a folder and search them from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path and --json."""
        folder = Path(settings.BASE_DIR) / "fixtures" / "watchlists"
        parser.add_argument("--path", type=Path, default=folder, help="folder with sources.csv")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: Path, **options: object) -> None:
        """Raises CommandError with exit code 2 when a list is refused."""
        at = timezone.now()
        loaded: list[Loaded] = []
        refused: tuple[Refusal, ...] = ()
        try:
            for document in read_lists(path):
                loaded.append(load_list(document, by="system:watchlist_load", at=at))
        except Refusals as several:
            refused = several.items
        except Refusal as one:
            refused = (one,)
        if options["json"]:
            self.stdout.write(_envelope(loaded, refused))
        else:
            for done in loaded:
                self.stdout.write(_sentence(done))
        if refused:
            raise CommandError("\n".join(map(str, refused)), returncode=REFUSED)


def _sentence(done: Loaded) -> str:
    state = "now searched" if done.changed else "already searched"
    return f"{done.list} {done.version}: {done.entries} entries, {state}"


def _envelope(loaded: list[Loaded], refused: tuple[Refusal, ...]) -> str:
    whole = {
        "format": "collabscreen/1",
        "command": "watchlist_load",
        "ok": not refused,
        "errors": [refusal.as_dict() for refusal in refused],
        "result": {
            "lists": [
                {
                    "list": done.list,
                    "version": done.version,
                    "digest": done.digest,
                    "entries": done.entries,
                    "changed": done.changed,
                }
                for done in loaded
            ]
        },
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)
