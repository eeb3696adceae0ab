"""Asks things of the rules on disk: `mutate` turns their leaves round and names what lives."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.engine.edition import Edition
from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.golden.hunt import Hunt, hunt_mutants
from apps.rulebook.domain.golden.reasons import read_reasons, refuse_stale
from apps.rulebook.domain.shipped import FIXTURES, FOLDER, shipped_edition

DONE, MISSED, REFUSED = 0, 1, 2
LEAST = 95.0  # percent of the mutants that a case must notice
NO_REASON = "no reason is written"


class Command(BaseCommand):
    """Exit 0 when enough mutants were noticed and each survivor has a reason, 1 when not, 2 when
    the input is refused.
    """

    help = "Turn each leaf of each rule round and name those that no golden case notices."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand, with --path, --rulebook, --reasons, --regime and --json."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        mutate = verbs.add_parser("mutate", help=self.help)
        mutate.add_argument("--path", type=Path, default=FIXTURES / "golden", help="golden cases")
        mutate.add_argument("--rulebook", type=Path, default=FOLDER, help="folder of the rulebook")
        mutate.add_argument(
            "--reasons", type=Path, default=FIXTURES / "survivors.yaml", help="why survivors may"
        )
        mutate.add_argument("--regime", default="", help="only the rules of this regime")
        mutate.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, verb: str, **options: Any) -> None:
        """Raises SystemExit with the exit code of the subcommand."""
        sys.exit({"mutate": self._mutate}[verb](**options))

    def _mutate(
        self, *, path: Path, rulebook: Path, reasons: Path, regime: str, **options: object
    ) -> int:
        edition: Edition | None = None
        hunt = Hunt()
        why: Mapping[str, str] = {}
        errors: tuple[Refusal, ...] = ()
        try:
            edition, why = shipped_edition(rulebook), read_reasons(reasons)
            hunt = hunt_mutants(path, edition, regime=regime)
            refuse_stale(why, hunt, edition, file=reasons.name, regime=regime)
        except Refusals as refused:
            errors = refused.items
        if options["json"]:
            self.stdout.write(_enveloped(hunt, why, edition, errors).as_json())
        elif errors:
            self.stderr.write("\n".join(str(item) for item in errors))
        else:
            self.stdout.write("\n".join(_told(hunt, why)))
        return REFUSED if errors else _code(hunt, why)


def _enveloped(
    hunt: Hunt, why: Mapping[str, str], edition: Edition | None, errors: tuple[Refusal, ...]
) -> Envelope:
    survivors = [
        {"mutant": one.name, "rule": one.rule, "leaf": one.leaf, "reason": why.get(one.name, "")}
        for one in hunt.survivors
    ]
    result = {
        "mutants": hunt.mutants,
        "noticed": len(hunt.killed),
        "share": round(hunt.share, 1),
        "survivors": survivors,
    }
    named = {"id": edition.id, "digest": edition.digest} if edition else None
    return Envelope(command="rules mutate", result=result, edition=named, errors=errors)


def _told(hunt: Hunt, why: Mapping[str, str]) -> list[str]:
    head = f"{hunt.share:.1f} % of {hunt.mutants} mutants noticed, {len(hunt.survivors)} survive"
    return [head, *(
        f"{one.name}: {one.leaf}\n  {why.get(one.name) or NO_REASON}" for one in hunt.survivors
    )]  # fmt: skip


def _code(hunt: Hunt, why: Mapping[str, str]) -> int:
    explained = all(why.get(one.name) for one in hunt.survivors)
    return DONE if explained and hunt.share >= LEAST else MISSED
