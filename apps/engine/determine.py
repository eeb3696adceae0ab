"""Determines a case: every exposure under every regime in force, as a pure function of facts,
edition and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from apps.engine.answers import Change, Determination, ExposureAnswer, RegimeAnswer
from apps.engine.conclude import Conclusion, conclude
from apps.engine.edition import Edition
from apps.engine.evaluate import Program, Results, Sight, evaluate, program_of
from apps.engine.exposures import Exposure, exposures_of
from apps.engine.facts.tree import UNKNOWN_FACT, Facts
from apps.engine.outcomes import LICENCE, NEEDS_INFORMATION, UNDETERMINED, rank
from apps.engine.questions import missing_in_order
from apps.engine.refusal import Refusal, Refusals
from apps.engine.relevance import Opened

__all__ = ["Determination", "determine"]


def determine(
    facts: Facts,
    edition: Edition,
    *,
    on: date,
    regimes: Sequence[str] = (),
    lists: Sequence[str] = (),
) -> Determination:
    """The determination of a case on a day.

    `regimes` empty means all that are in force for the host; `lists` names the list versions the
    facts were searched in.
    Raises Refusals for a regime the edition does not hold and for a case without any exposure.
    """
    standing = _answering(edition.at(on))
    chosen = _chosen(standing, regimes) or _in_force(standing, facts)
    programs = [program_of(standing, regime) for regime in chosen]
    sight = Sight()
    answers = tuple(
        ExposureAnswer(
            exposure.key,
            exposure.release,
            exposure.who,
            exposure.what,
            tuple(_Cell(exposure, standing, program).answer(sight) for program in programs),
        )
        for exposure in exposures_of(facts, standing.law)
    )
    return Determination(facts, standing, answers, tuple(lists))


def _answering(edition: Edition) -> Edition:
    """The edition, with its law able to say what a regime demands of an exposure."""
    if edition.law.demanded is None:
        edition.law.demanded = partial(_demanded, edition)
    return edition


def _demanded(edition: Edition, exposure: object, regime: str) -> tuple[str, tuple[str, ...]]:
    """`yes` if the regime demands a licence, `no` if it does not and no condition is open; else
    empty, with the fact to be asked next where one is missing.
    """
    if regime not in edition.regimes or not isinstance(exposure, Exposure):
        return "", ()
    asking = ("asking", regime)
    if asking in exposure.memo:  # it asks back: neither can say
        return "", ()
    exposure.memo[asking] = True
    results = evaluate(program_of(edition, regime), exposure, Sight())
    del exposure.memo[asking]
    found = conclude(results)
    if rank(found.outcome) >= rank(LICENCE):
        return "yes", ()
    if found.outcome == NEEDS_INFORMATION:
        return "", tuple(missing_in_order(results))[:1]
    settled = rank(found.outcome) >= 0 and not found.verdict.open_terms
    return ("no" if settled else ""), ()


def _chosen(edition: Edition, regimes: Sequence[str]) -> Sequence[str]:
    strangers = [regime for regime in regimes if regime not in edition.regimes]
    if strangers or not edition.regimes:
        valid = ", ".join(edition.regimes) or "no regime at all"
        raise Refusals(
            Refusal(
                "unknown_regime",
                f"This edition holds no rules of {regime or 'any regime'} on {edition.on}.",
                "regimes",
                f"It holds {valid} on that day.",
                regime,
                valid,
            )
            for regime in strangers or [""]
        )
    return tuple(dict.fromkeys(regimes))


def _in_force(edition: Edition, facts: Facts) -> Sequence[str]:
    """The regimes asked for the host's country; all of them where the host is not known."""
    host = str(facts.activity.get("host", UNKNOWN_FACT).value)
    country = facts.organisations.get(host, {}).get("country", UNKNOWN_FACT)
    rows = edition.law.tables.regimes
    if country is UNKNOWN_FACT:
        return edition.regimes
    return [
        regime
        for regime in edition.regimes
        if regime not in rows or {"*", country.value} & set(rows[regime].hosts)
    ]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One exposure under one regime, and how it would be answered otherwise."""

    exposure: Exposure
    edition: Edition
    program: Program

    def answer(self, sight: Sight) -> RegimeAnswer:
        results = evaluate(self.program, self.exposure, sight)
        conclusion = conclude(results)
        return RegimeAnswer(
            results,
            conclusion,
            partial(self.outcome, self.edition),
            self.opened,
            partial(self.changes, conclusion.outcome),
        )

    def outcome(self, edition: Edition, facts: Facts) -> str:
        """The outcome of the same cell under other facts or on another day."""
        return conclude(self._again(edition, facts)).outcome

    def opened(self, facts: Facts) -> Opened:
        """The outcome under other facts, and what would be missing while it is open."""
        results = self._again(self.edition, facts)
        conclusion = conclude(results)
        asked = missing_in_order(results) if conclusion.outcome == NEEDS_INFORMATION else ()
        return conclusion.outcome, tuple(asked)

    def _again(self, edition: Edition, facts: Facts) -> Results:
        mine = (self.exposure.release_place, self.exposure.who, self.exposure.what)
        twin = next(
            found
            for found in exposures_of(facts, edition.law)
            if (found.release_place, found.who, found.what) == mine
        )
        return evaluate(program_of(_answering(edition), self.program.regime), twin, Sight())

    def changes(self, outcome: str) -> tuple[Change, ...]:
        """The days inside the window from which law on file changes the outcome."""
        first, last = self.exposure.window
        on = self.edition.on
        start = max(on, first or on)
        if last is None or last <= on or last < start:
            return ()
        found: list[Change] = []
        for day in (start, *(day for day in self.edition.turning_days if start < day <= last)):
            then, because = (outcome, "") if day == on else self._on(self.edition.at(day))
            if then != outcome:
                found.append(Change(day.isoformat(), then, because))
                outcome = then
        return tuple(found)

    def _on(self, law: Edition) -> tuple[str, str]:
        """The outcome under the law of another day, and what it rests on."""
        if self.program.regime not in law.regimes:
            return UNDETERMINED, "no rule of the regime is on file"
        results = self._again(law, self.exposure.facts)
        then = conclude(results)
        return then.outcome, _because(results, then)


def _because(results: Results, conclusion: Conclusion) -> str:
    """The rule a conclusion rests on; without one, that none demands anything any more."""
    by = conclusion.verdict.by
    return results.program.ready[by].rule.id if by >= 0 else "no rule demands a licence"
