"""Exposures: who receives which technology by which release; each is determined alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Facts, Fields
from apps.engine.facts.types import Unknown
from apps.engine.law import Law
from apps.engine.nationality import CITIZENSHIPS, RESIDENCIES, Candidates, most_recent
from apps.engine.refusal import Refusal, Refusals

_NOTHING: Fields = {}
DEEMED, ABROAD = "deemed", "abroad"
MOST_EXPOSURES: Final = 1000  # of one case


@dataclass(eq=False, slots=True)
class Exposure:
    """One recipient and one item of one release, with what hangs on it."""

    facts: Facts
    law: Law
    release: str
    who: str
    what: str
    release_fields: Fields
    release_place: int
    recipient_block: str  # people or organisations
    recipient: Fields
    item: Fields
    memo: dict[object, Any] = field(default_factory=dict)
    shared: dict[object, Any] = field(default_factory=dict)  # one for all exposures of a case

    @property
    def key(self) -> str:
        """RELEASE/WHO/WHAT."""
        return f"{self.release}/{self.who}/{self.what}"

    @property
    def is_person(self) -> bool:
        """Whether a person receives it."""
        return self.recipient_block == "people"

    @property
    def giver(self) -> str:
        """The id of who gives it; empty if that is not known."""
        fact = self.release_fields.get("from") or self.facts.activity.get("host")
        return str(fact.value) if fact else ""

    @property
    def window(self) -> tuple[date | None, date | None]:
        """First and last day of the release, where known."""
        fact = self.release_fields.get("window")
        if fact is None or not isinstance(fact.value, dict):
            return None, None
        first, last = fact.value.get("from"), fact.value.get("until")
        return first if isinstance(first, date) else None, last if isinstance(last, date) else None

    def route(self) -> tuple[str | None, tuple[str, ...]]:
        """`deemed` inside the giver's country, `abroad` elsewhere; None with the missing facts if
        unknown.
        """
        where = self.release_fields.get("where")
        here, lacking = self._giver_country()
        if where is None:
            return None, (f"releases.{self.release}.where",)
        if here is None:
            return None, lacking
        return (DEEMED if where.value == here else ABROAD), ()

    def _giver_country(self) -> tuple[str | None, tuple[str, ...]]:
        giver = self.giver
        if giver in self.facts.organisations:
            fact = self.facts.organisations[giver].get("country", UNKNOWN_FACT)
            return (
                (str(fact.value), ())
                if fact is not UNKNOWN_FACT
                else (None, (f"organisations.{giver}.country",))
            )
        if giver in self.facts.people:
            fact = self.facts.people[giver].get("located_in", UNKNOWN_FACT)
            return (
                (str(fact.value), ())
                if fact is not UNKNOWN_FACT
                else (None, (f"people.{giver}.located_in",))
            )
        return None, (f"releases.{self.release}.from",)

    def country(self) -> Candidates:
        """The country that counts: of the person by nationality inside the country, else where it
        goes.
        """
        key = ("country", self.release_place, self.who)
        found = self.shared.get(key)
        if not isinstance(found, Candidates):
            found = self.shared[key] = self._country()
        return found

    def _country(self) -> Candidates:
        route, lacking = self.route()
        if route is None:
            return Candidates(any_country=True, missing=lacking)
        if route == ABROAD:
            return Candidates((str(self.release_fields["where"].value),))
        if self.is_person:
            found = most_recent(self.recipient, on=self.law.on)
            paths = tuple(f"people.{self.who}.{name}" for name in found.missing)
            return Candidates(found.countries, found.any_country, paths, found.stateless)
        fact = self.recipient.get("country")
        if fact is None:
            return Candidates(any_country=True, missing=(f"organisations.{self.who}.country",))
        return Candidates((str(fact.value),))

    def papers(self, on: date) -> tuple[Fields, ...] | None:
        """The papers that hold for this exposure on a day; None when nothing is known about
        papers.
        """
        if self.facts.papers is None:
            return None
        return tuple(paper for paper in self.facts.papers if self._holds(paper, on))

    def _holds(self, paper: Fields, on: date) -> bool:
        signed_on, until = (
            paper.get("on", UNKNOWN_FACT).value,
            paper.get("until", UNKNOWN_FACT).value,
        )
        if isinstance(signed_on, date) and signed_on > on:
            return False
        if isinstance(until, date) and until < on:
            return False
        about = paper.get("about")
        if about is None or not isinstance(about.value, tuple):
            return True
        named = {str(name) for name in about.value if not isinstance(name, Unknown)}
        if not named & {self.who, self.what, self.release}:
            return False
        return all(
            not (named & set(block)) or mine in named
            for block, mine in (
                ({*self.facts.people, *self.facts.organisations}, self.who),
                (set(self.facts.items), self.what),
                ({_name(release) for release in self.facts.releases}, self.release),
            )
        )


def every_nationality(exposure: Exposure) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """Every country that ever was a recipient's, as records, and the facts missing to know all.

    Source: 22 CFR 120.50(b), which counts all citizenships and permanent residencies held. What
    leaves the country goes to its place of receipt as well; an organisation counts by its own.
    """
    held: list[object] = []
    missing: list[str] = []
    route, lacking = exposure.route()
    if route == ABROAD:
        held.append({"country": exposure.release_fields["where"].value})
    missing.extend(lacking)
    names = (CITIZENSHIPS, RESIDENCIES) if exposure.is_person else ("country",)
    for name in names:
        value = exposure.recipient.get(name, UNKNOWN_FACT).value
        parts = value if isinstance(value, tuple) else (value,)
        known = [part for part in parts if not isinstance(part, Unknown)]
        if len(known) < len(parts):
            missing.append(f"{exposure.recipient_block}.{exposure.who}.{name}")
        held.extend({"country": part} if isinstance(part, str) else part for part in known)
    return tuple(held), tuple(missing)


def _name(release: Fields) -> str:
    return str(release.get("id", UNKNOWN_FACT).value)


def refuse_too_many(facts: Facts, *, most: int) -> None:
    """Raises Refusals `too_many_exposures` for a case in which more than so many receive something.

    Each recipient with each item of a release counts; they are counted before any is made.
    """
    counted = sum(
        len(_ids(release.get("who"))) * len(_ids(release.get("what"))) for release in facts.releases
    )
    if counted > most:
        raise Refusals(
            [
                Refusal(
                    "too_many_exposures",
                    "More is released to more people than one case can answer for.",
                    "releases",
                    "Split it into several cases.",
                    str(counted),
                    f"at most {most}",
                )
            ]
        )


def exposures_of(facts: Facts, law: Law) -> tuple[Exposure, ...]:
    """Every exposure of a case, in the order of its releases.

    Raises Refusals if there is none or there are too many, and for a release of which it is not
    known who receives what: left out, it would count as no release at all.
    """
    lacking = [
        (_name(release), field)
        for release in facts.releases
        for field in ("who", "what")
        if field not in release
    ]
    refuse_too_many(facts, most=MOST_EXPOSURES)
    shared: dict[object, object] = {}
    found = tuple(
        exposure
        for place, release in enumerate(facts.releases)
        for exposure in _of_release(facts, law, place, release, shared)
    )
    if lacking or not found:
        raise Refusals(_unreleased(lacking))
    return found


def _unreleased(lacking: list[tuple[str, str]]) -> list[Refusal]:
    if not lacking:
        return [
            Refusal(
                "no_exposure",
                "Nothing is released to anybody in this case.",
                "releases",
                "Add a release that names who receives what.",
                valid="at least one release",
            )
        ]
    return [
        Refusal(
            "incomplete_release",
            f"It is not told {words} in release {name}.",
            f"releases.{name}.{field}",
            "Name it, or take the release out.",
            valid="ids that stand under people, organisations or items",
        )
        for name, field in lacking
        for words in ({"who": "who receives something", "what": "what is received"}[field],)
    ]


def _of_release(
    facts: Facts, law: Law, place: int, release: Fields, shared: dict[object, object]
) -> list[Exposure]:
    return [
        Exposure(
            facts=facts,
            law=law,
            release=_name(release),
            who=who,
            what=what,
            release_fields=release,
            release_place=place,
            recipient_block="people" if who in facts.people else "organisations",
            recipient=facts.people.get(who, facts.organisations.get(who, _NOTHING)),
            item=facts.items.get(what, _NOTHING),
            shared=shared,
        )
        for who in _ids(release.get("who"))
        for what in _ids(release.get("what"))
    ]


def _ids(fact: Fact | None) -> tuple[str, ...]:
    named = fact.value if fact is not None and isinstance(fact.value, tuple) else ()
    return tuple(dict.fromkeys(str(part) for part in named))
