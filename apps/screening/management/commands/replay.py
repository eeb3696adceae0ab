"""The command `replay`: recompute stored determinations and say which were altered."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal
from apps.screening.domain.replay import Difference, determinations, replay_all

REFUSED = 2
TOLD_EVERY = 500


class Command(BaseCommand):
    """Exit 0: all are what their inputs give; 1: some are not; 2: no such case."""

    help = "Recompute every stored determination from its own facts, edition and day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--case and --json."""
        parser.add_argument("--case", default="", help="only those of one case, by its reference")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, case: str, json: bool, **_: object) -> None:
        """Replay, print, and leave with the exit code of the answer."""
        try:
            rows = determinations(reference=case)
        except Refusal as refused:
            self._refuse(refused, json=json)
            return
        total = rows.count()
        found = list(self._watched(replay_all(rows), total))
        differences = [difference for several in found for difference in several]
        unsound = sum(bool(several) for several in found)
        self._answer(total, unsound, differences, json=json)
        if unsound:
            sys.exit(1)

    def _watched(
        self, replayed: Iterator[tuple[Difference, ...]], total: int
    ) -> Iterator[tuple[Difference, ...]]:
        for number, differences in enumerate(replayed, start=1):
            if number % TOLD_EVERY == 0:
                self.stderr.write(f"{number} of {total} replayed")
            yield differences

    def _answer(
        self, total: int, unsound: int, differences: list[Difference], *, json: bool
    ) -> None:
        if json:
            result = {
                "replayed": total,
                "sound": total - unsound,
                "differences": [difference.as_dict() for difference in differences],
            }
            today = timezone.localdate()
            self.stdout.write(Envelope(command="replay", result=result, on=today).as_json())
            return
        for found in differences:
            self.stdout.write(
                f"{found.case} determination {found.number}: {found.what}"
                f" is {found.stored}, its inputs give {found.computed}"
            )
        self.stdout.write(f"{total} replayed, {unsound} altered")

    def _refuse(self, refused: Refusal, *, json: bool) -> None:
        if json:
            self.stdout.write(Envelope(command="replay", result={}, errors=(refused,)).as_json())
        self.stderr.write(str(refused))
        sys.exit(REFUSED)
