"""Why the answer is what it is: the rules that fired, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from apps.portal.parts.trace import Rule, rule_of

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence true of the facts, what was read for it, and where the law says so."""

    say: str
    fact: str
    citations: tuple[str, ...]


def reasons_of(
    rules: Iterable[Result], countries: Mapping[str, str], *, with_open: bool = False
) -> tuple[Reason, ...]:
    """The rules that fired, in the engine's order; for an officer those still open as well."""
    wanted = ("fired", "unknown") if with_open else ("fired",)
    found = sorted(
        (rule for rule in rules if rule["result"] in wanted),
        key=lambda rule: wanted.index(rule["result"]),
    )
    return tuple(_reason(rule_of(rule), countries) for rule in found)


def nothing_asks(entry: str, tested: int) -> Reason:
    """The reason where no rule fired and none is open: all were tested and none asks for more."""
    say = ngettext(
        "The %(n)d rule that was tested does not ask for a licence.",
        "None of the %(n)d rules that were tested asks for a licence.",
        tested,
    )
    fact = gettext("Facts read: control list entry: %(entry)s.") % {"entry": entry}
    return Reason(say % {"n": tested}, fact if entry else "", ())


def tested_in_vain(rules: Iterable[Result]) -> int:
    """How many rules were tested and did not apply."""
    return sum(rule["result"] == "silent" for rule in rules)


def _reason(rule: Rule, countries: Mapping[str, str]) -> Reason:
    told = (read for read in rule.reads if read.answer and read.known)
    said = "; ".join(f"{read.label}: {_named(read.value, countries)}" for read in told)
    fact = gettext("Facts read: %(facts)s.") % {"facts": said} if said else ""
    return Reason(rule.because or rule.title, fact, (rule.citation,) if rule.citation else ())


def _named(value: str, countries: Mapping[str, str]) -> str:
    """A value with its countries by name instead of by code."""
    return ", ".join(countries.get(part, part) for part in value.split(", "))
