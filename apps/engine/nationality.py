"""Which country counts for a person: the most recent citizenship or permanent residency, dated
where known.

Source: 15 CFR 734.13(b): release to a foreign person is an export to the person's most recent
country of citizenship or permanent residency. A country that cannot be told is a set of
candidates, or any country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from apps.engine.facts.tree import Fields
from apps.engine.facts.types import Unknown

CITIZENSHIPS, RESIDENCIES = "citizenships", "permanent_residencies"


@dataclass(frozen=True, slots=True)
class Candidates:
    """The countries that may count; `any_country` when nothing limits them; the facts that would
    tell.
    """

    countries: tuple[str, ...] = ()
    any_country: bool = False
    missing: tuple[str, ...] = ()
    stateless: bool = False


@dataclass(frozen=True, slots=True)
class _Latest:
    """The last member of a list of nationalities: its country and the day it began."""

    country: str
    day: date | None


def most_recent(person: Fields, *, on: date) -> Candidates:
    """The country that counts for a person on a day; what begins later does not count yet."""
    citizenships, residencies = _listed(person, CITIZENSHIPS, on), _listed(person, RESIDENCIES, on)
    missing = tuple(
        name
        for name, found in ((CITIZENSHIPS, citizenships), (RESIDENCIES, residencies))
        if found is None
    )
    if citizenships is None or residencies is None:
        return Candidates(any_country=True, missing=missing)
    if not citizenships and not residencies:
        return Candidates(stateless=True)
    if not citizenships or not residencies:
        return Candidates((_last(citizenships or residencies).country,))
    return _later(citizenships, residencies)


def _listed(person: Fields, name: str, on: date) -> tuple[Mapping[str, object], ...] | None:
    fact = person.get(name)
    if fact is None or not isinstance(fact.value, tuple):
        return None
    if any(isinstance(part, Unknown) for part in fact.value):
        return None
    return tuple(part for part in fact.value if holds_on(part, on))


def holds_on(member: object, on: date) -> bool:
    """Whether a member of a list that may be dated has begun and not ended."""
    if not isinstance(member, Mapping):
        return True
    since, until = member.get("from"), member.get("until")
    begun = not isinstance(since, date) or since <= on
    return begun and (not isinstance(until, date) or on <= until)


def _later(
    citizenships: tuple[Mapping[str, object], ...], residencies: tuple[Mapping[str, object], ...]
) -> Candidates:
    citizen, resident = _last(citizenships), _last(residencies)
    if citizen.country == resident.country:
        return Candidates((resident.country,))
    if citizen.day is not None and resident.day is not None and citizen.day != resident.day:
        return Candidates((citizen.country if citizen.day > resident.day else resident.country,))
    if citizen.day is None and len(citizenships) == 1:  # the one of birth, before any residency
        return Candidates((resident.country,))
    lacking = CITIZENSHIPS if citizen.day is None else RESIDENCIES
    return Candidates(tuple(sorted({citizen.country, resident.country})), missing=(lacking,))


def _last(found: tuple[Mapping[str, object], ...]) -> _Latest:
    last = found[-1]
    day = last.get("from")
    return _Latest(str(last["country"]), day if isinstance(day, date) else None)
