"""Loads the invented university for trying things out, and tells how to sign in there."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from apps.workflow.domain.demo.load import FOLDER, Login, demo_logins, load_demo

REFUSED = 2


class Command(BaseCommand):
    """Law and lists have to be loaded before; run again it changes nothing."""

    help = "Load the demo university once and print its logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path and --json."""
        parser.add_argument("--path", type=Path, default=FOLDER, help="folder of the demo")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: Path, **options: object) -> None:
        """Raises SystemExit 2 where the demo is refused; nothing of it is kept then."""
        new = False
        logins: list[Login] = []
        errors: Sequence[Refusal] = ()
        try:
            new, logins = load_demo(path, at=timezone.now()), demo_logins(path)
        except Refusals as several:
            errors = several.items
        except Refusal as one:
            errors = (one,)
        self._tell(logins, errors, new=new, json=bool(options["json"]))
        if errors:
            sys.exit(REFUSED)

    def _tell(
        self, logins: list[Login], errors: Sequence[Refusal], *, new: bool, json: bool
    ) -> None:
        for refusal in errors:
            self.stderr.write(str(refusal))
        if json:
            result = {"new": new, "logins": [asdict(login) for login in logins]}
            answer = Envelope(command="demo", result=result, errors=errors)
            self.stdout.write(answer.as_json())
            return
        for login in logins:
            duties = ", ".join(login.duties)
            self.stdout.write(f"{login.email}  {login.password}  {login.name}: {duties}")
