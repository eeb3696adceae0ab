"""Which licence on file covers an exposure: one that the recipient or the employer holds.

A licence of an institution covers its regular employees too, unless a condition names the
nationalities it is limited to (15 CFR 750.7(a)(3)). It is held only if the facts name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.engine.exposures import Exposure
from apps.engine.facts.tree import UNKNOWN_FACT, Fields
from apps.engine.nationality import Candidates, most_recent

_NUMBER: Final = "{licence}"  # stands in the outcome of a rule for the licence that is held


@dataclass(frozen=True, slots=True)
class Held:
    """The number of the licence, None if none covers it, or the facts missing to say so."""

    number: str | None = None
    missing: tuple[str, ...] = ()


def licence_of(exposure: Exposure) -> Held:
    """The first licence that covers the exposure, in the order in which they are named."""
    approvals = _holder(exposure).get("approved_under", UNKNOWN_FACT).value
    missing: tuple[str, ...] = ()
    for approval in approvals if isinstance(approvals, tuple) else ():
        if isinstance(approval, str):
            return Held(approval)
        if isinstance(approval, Mapping) and isinstance(approval.get("number"), str):
            covers, lacking = _covers(exposure, approval.get("nationals"))
            if covers:
                return Held(str(approval["number"]))
            missing = missing or lacking
    return Held(None, missing)


def named_outcome(outcome: str, exposure: Exposure) -> str:
    """The outcome of a rule with the licence it rests on named: `authorised:D1234567`."""
    if _NUMBER not in outcome:
        return outcome
    return outcome.replace(_NUMBER, licence_of(exposure).number or "licence")


def _holder(exposure: Exposure) -> Fields:
    if not exposure.is_person:
        return exposure.recipient
    employer = exposure.recipient.get("employer", UNKNOWN_FACT).value
    return exposure.facts.organisations.get(employer, {}) if isinstance(employer, str) else {}


def _covers(exposure: Exposure, nationals: object) -> tuple[bool, tuple[str, ...]]:
    """Whether a condition on nationalities lets the recipient in, or what is missing to say so."""
    if not isinstance(nationals, tuple) or not exposure.is_person:
        return True, ()
    found: Candidates = most_recent(exposure.recipient, on=exposure.law.on)
    if found.any_country or not found.countries:
        return False, tuple(f"people.{exposure.who}.{name}" for name in found.missing)
    inside = {country in nationals for country in found.countries}
    lacking = tuple(f"people.{exposure.who}.{name}" for name in found.missing)
    return inside == {True}, lacking if len(inside) > 1 else ()
