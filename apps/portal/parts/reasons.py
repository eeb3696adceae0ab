"""Why the answer is what it is: the rules that fired, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from apps.portal.parts.trace import Rule, rule_of

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence true of the facts, what was read for it, and where the law says so."""

    say: str
    fact: str
    citations: tuple[str, ...]


def reasons_of(rules: Iterable[Result], *, with_open: bool = False) -> tuple[Reason, ...]:
    """The rules that fired, in the engine's order; for an officer those still open as well."""
    wanted = ("fired", "unknown") if with_open else ("fired",)
    found = sorted(
        (rule for rule in rules if rule["result"] in wanted),
        key=lambda rule: wanted.index(rule["result"]),
    )
    return tuple(_reason(rule_of(rule)) for rule in found)


def tested_in_vain(rules: Iterable[Result]) -> int:
    """How many rules were tested and did not apply."""
    return sum(rule["result"] == "silent" for rule in rules)


def _reason(rule: Rule) -> Reason:
    told = (read for read in rule.reads if read.answer and read.known)
    said = "; ".join(f"{read.label}: {read.value}" for read in told)
    fact = gettext("Facts read: %(facts)s.") % {"facts": said} if said else ""
    return Reason(rule.because or rule.title, fact, (rule.citation,) if rule.citation else ())
