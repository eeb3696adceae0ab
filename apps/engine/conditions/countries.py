"""The countries a condition is held against: the one that counts, the recipient's, the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from apps.engine.conditions.tree import Read, Seen
from apps.engine.exposures import Exposure
from apps.engine.facts.tree import UNKNOWN_FACT
from apps.engine.nationality import Candidates, most_recent
from apps.engine.truth import FALSE, UNKNOWN, UNSETTLED

COUNTRY: Final = "exposure.country"
NATIONALITY: Final = "exposure.nationality"
PLACE: Final = "exposure.release.where"
PLACES: Final = (COUNTRY, NATIONALITY, PLACE)


def countries_at(exposure: Exposure, at: str) -> Candidates:
    """The countries that may be meant.

    `exposure.nationality` is the person's own by most recent citizenship or residency wherever the
    release is (15 CFR 734.14(a)(2)); an organisation has none.
    """
    if at == COUNTRY:
        return exposure.country()
    key = (at, exposure.release_place if at == PLACE else exposure.who)
    found = exposure.shared.get(key)
    if not isinstance(found, Candidates):
        found = _place(exposure) if at == PLACE else _nationality(exposure)
        exposure.shared[key] = found
    return found


def _place(exposure: Exposure) -> Candidates:
    where = exposure.release_fields.get("where", UNKNOWN_FACT)
    if where is UNKNOWN_FACT:
        return Candidates(any_country=True, missing=(f"releases.{exposure.release}.where",))
    return Candidates((str(where.value),))


def _nationality(exposure: Exposure) -> Candidates:
    if not exposure.is_person:
        return Candidates()
    found = most_recent(exposure.recipient, on=exposure.law.on)
    paths = tuple(f"people.{exposure.who}.{name}" for name in found.missing)
    return Candidates(found.countries, found.any_country, paths, found.stateless)


def truth_of_country(exposure: Exposure, test: Callable[[str], int], at: str = COUNTRY) -> int:
    """The truth `of_country` finds, without what it read."""
    found = countries_at(exposure, at)
    if len(found.countries) == 1 and not found.any_country:
        return test(found.countries[0])
    if found.stateless:
        return UNSETTLED
    if found.any_country:
        return UNKNOWN
    truths = {test(country) for country in found.countries} or {FALSE}
    return truths.pop() if len(truths) == 1 else UNKNOWN


def of_country(exposure: Exposure, test: Callable[[str], Seen], at: str = COUNTRY) -> Seen:
    """A test of a country: true or false only if every country that may be meant agrees."""
    found = countries_at(exposure, at)
    if found.stateless:
        return Seen(UNSETTLED, (Read(at, "none"),))
    if found.any_country:
        return Seen(UNKNOWN, (Read(at, "unknown"),), found.missing)
    if not found.countries:
        return Seen(FALSE, (Read(at, "none"),))
    parts = [test(country) for country in found.countries]
    agreed = len({part.truth for part in parts}) == 1
    return Seen(
        parts[0].truth if agreed else UNKNOWN,
        tuple(read for part in parts for read in part.reads),
        () if agreed else found.missing,
        tuple(row for part in parts for row in part.rows),
        tuple(row for part in parts for row in part.to_confirm),
    )
