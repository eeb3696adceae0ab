"""Measures a part of the project and says whether it is fast enough."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.engine.envelope import Envelope
from apps.engine.refusal import Refusal, Refusals
from collabscreen.benches.bench import report
from collabscreen.benches.registry import BENCHES

DEFAULT_SEED = 7
MISSED, REFUSED = 1, 2


class Command(BaseCommand):
    """Ends with 0 when every target is met, 1 when one is missed, 2 when the order is refused."""

    help = "Measure a part of the project against its targets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME, --runs, --seed, --size NAME=NUMBER and --json."""
        parser.add_argument("name", help=", ".join(BENCHES))
        parser.add_argument("--runs", type=int, help="repetitions, at least the stated ones")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="of what is drawn")
        parser.add_argument("--size", type=_size, action="append", default=[], metavar="NAME=N")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, name: str, **options: Any) -> None:
        """Raises CommandError with the exit code of the answer."""
        try:
            measured = self._measured(name, options)
        except Refusals as refusals:
            if options["json"]:
                self.stdout.write(_answer({}, errors=refusals.items))
            raise CommandError("\n".join(map(str, refusals.items)), returncode=REFUSED) from None
        self.stdout.write(_answer(measured) if options["json"] else _told(measured))
        missed = [target for target in measured["targets"] if not target["met"]]
        if missed:
            raise CommandError(f"{len(missed)} target(s) missed.", returncode=MISSED)

    def _measured(self, name: str, options: Mapping[str, Any]) -> dict[str, Any]:
        bench = BENCHES.get(name)
        if bench is None:
            known = ", ".join(BENCHES) or "none"
            what, remedy = "No such bench.", "Name one that there is."
            raise Refusals([Refusal("unknown_bench", what, "NAME", remedy, name, known)])
        plan = bench.plan(runs=options["runs"], seed=options["seed"], sizes=dict(options["size"]))
        return report(bench, plan)


def _answer(result: Mapping[str, Any], *, errors: Sequence[Refusal] = ()) -> str:
    return Envelope(command="bench", result=result, errors=errors).as_json()


def _size(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if not number.isdigit():
        raise ArgumentTypeError(f"{text} does not read NAME=NUMBER")
    return name, int(number)


def _told(measured: Mapping[str, Any]) -> str:
    lines = [f"bench {measured['name']} on {json.dumps(measured['machine'])}"]
    for figure in measured["figures"]:
        size = ", ".join(f"{value} {name}" for name, value in figure["size"].items())
        stats = "  ".join(f"{stat} {figure[stat]:g}" for stat in ("p50", "p95", "p99"))
        lines.append(f"  {figure['name']:<28}{stats} {figure['unit']}  ({size})")
    for grown in measured["growth"]:
        course = " -> ".join(map(str, grown["sizes"]))
        lines.append(f"  {grown['figure']} by {grown['by']}: {course}, x {grown['ratio']:g}")
    lines += [f"  {ratio['name']}: {ratio['value']:g}" for ratio in measured["ratios"]]
    for target in measured["targets"]:
        side = "at_most" if "at_most" in target else "at_least"
        mark = "met   " if target["met"] else "MISSED"
        lines.append(f"  {mark} {target['figure']} {target['stat']} {side} {target[side]:g}")
    return "\n".join(lines)
