"""Determines a case from a facts file; the shipped rulebook needs no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.engine.edition import Edition
from apps.engine.envelope import Envelope
from apps.engine.outcomes import LICENCE, rank
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.days import read_day
from apps.rulebook.domain.editions import edition_at
from apps.rulebook.domain.explaining import explain_rule
from apps.rulebook.domain.reading import read_yaml_file
from apps.rulebook.domain.shipped import FIXTURES, shipped_edition
from apps.screening.domain.facts_files import FileDetermination, Search, determine_file
from apps.screening.domain.telling import tell
from apps.watchlists.domain.search import search_files, search_names

REFUSED = 2


class Command(BaseCommand):
    """Exit 0 with an answer, whatever it says; 2 when the input is refused."""

    help = "Determine the case of a facts file and print the answer with its reasons."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FACTS.yaml or --explain RULE, --on, --edition and --json."""
        parser.add_argument("facts", type=Path, nargs="?", help="a file of format facts/1")
        parser.add_argument("--explain", default="", metavar="RULE", help="tell a rule in words")
        parser.add_argument("--on", default="", help="the day of the determination (today)")
        parser.add_argument("--edition", default="", help="a loaded edition; else the shipped one")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, facts: Path | None, on: str, edition: str, **options: object) -> None:
        """Raises SystemExit 2 with everything that was refused."""
        day: date | None = None
        json, rule = bool(options["json"]), str(options["explain"])
        try:
            day = _day(on)
            law = edition_at(edition, on=day) if edition else shipped_edition()
            if rule:
                self._explain(rule, law.at(day), json=json)
                return
            if facts is None:
                raise _nothing_named()
            document = read_yaml_file(facts, file=facts.name)
            search = _search(day, loaded=bool(edition))
            found = determine_file(document, law, on=day, search=search)
        except (Refusal, Refusals) as refused:
            errors = refused.items if isinstance(refused, Refusals) else (refused,)
            self._refuse(errors, on=day, json=json)
        else:
            self._answer(found, law, on=day, json=json)

    def _explain(self, rule: str, law: Edition, *, json: bool) -> None:
        lines = explain_rule(law, rule)
        if not json:
            self.stdout.write("\n".join(lines))
            return
        named = {"id": law.id, "digest": law.digest}
        told = {"rule": rule, "lines": list(lines)}
        envelope = Envelope(command="determine", result=told, on=law.on, edition=named)
        self.stdout.write(envelope.as_json())

    def _answer(self, found: FileDetermination, law: Edition, *, on: date, json: bool) -> None:
        if not json:
            self.stdout.write("\n".join(tell(found, self._paint)))
            return
        envelope = Envelope(
            command="determine",
            result=found.as_result(),
            on=on,
            edition={"id": law.id, "digest": law.digest},
            lists=found.lists,
        )
        self.stdout.write(envelope.as_json())

    def _paint(self, outcome: str, words: str) -> str:
        """Words in the colour of an outcome; plain where no colour is wanted."""
        if rank(outcome) < 0:
            return self.style.WARNING(words)
        return (
            self.style.ERROR(words) if rank(outcome) >= rank(LICENCE) else self.style.SUCCESS(words)
        )

    def _refuse(self, errors: tuple[Refusal, ...], *, on: date | None, json: bool) -> None:
        if json:
            envelope = Envelope(command="determine", result={}, on=on, errors=errors)
            self.stdout.write(envelope.as_json())
        for refusal in errors:
            self.stderr.write(str(refusal))
        sys.exit(REFUSED)


def _nothing_named() -> Refusal:
    return Refusal(
        "no_facts",
        "Nothing is named to be determined.",
        "facts",
        "Name a file, or a rule with --explain.",
        valid="a file of format facts/1",
    )


def _day(text: str) -> date:
    day = read_day(text) if text else timezone.localdate()
    if day is None:
        raise Refusal(
            code="impossible_date",
            what="There is no such day.",
            where="--on",
            found=text[:40],
            valid="2026-11-22",
            remedy="Write the day as year-month-day.",
        )
    return day


def _search(on: date, *, loaded: bool) -> Search:
    """A loaded edition goes with the loaded lists, the shipped one with the shipped lists."""
    if loaded:
        return partial(search_names, on=on)
    return partial(search_files, FIXTURES / "watchlists", on=on)
