"""Hunts mutants of the rulebook: changes one rule at a time and sees which worked case fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from apps.engine.answers import Determination
from apps.engine.conditions.tree import Leaf
from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.evaluate import NOT_REACHED, Tried, program_of, with_rule
from apps.engine.exposures import Exposure
from apps.engine.law import Law
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rules import Rule
from apps.rulebook.domain.golden.cases import GoldenCase
from apps.rulebook.domain.golden.compare import differs
from apps.rulebook.domain.golden.mutants import Change, Mutant, mutants_of
from apps.rulebook.domain.golden.run import read_golden


@dataclass(slots=True)
class Hunt:
    """Which mutants were noticed, each by the id of a case, and which lived."""

    killed: dict[str, str] = field(default_factory=dict)
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def mutants(self) -> int:
        """How many there were."""
        return len(self.killed) + len(self.survivors)

    @property
    def share(self) -> float:
        """How many of all mutants were noticed, in percent."""
        return 100.0 * len(self.killed) / self.mutants if self.mutants else 0.0


def hunt_mutants(path: Path, edition: Edition, *, regime: str = "") -> Hunt:
    """Turn every leaf of every rule round, one at a time, and see which case fails by it.

    A case fails if an outcome, a condition, a question, a citation, or what fired is no longer as
    it expects. Raises Refusals for cases that cannot be read, and where there is nothing to hunt.
    """
    hunt, looked = Hunt(), _Looked()
    worked = list(_worked(path, edition))
    for rule in edition.rules:
        if regime not in ("", rule.regime):
            continue
        reached = [found for one in worked if (found := _reached(one, rule)) is not None]
        reached.sort(key=lambda found: not _speaks_of(found.one.case, rule.id))
        for change in mutants_of(rule):
            by = _noticed(change, reached, looked)
            if by is None:
                hunt.survivors.append(change.mutant)
            else:
                hunt.killed[change.mutant.name] = by
    if not worked or not hunt.mutants:
        raise Refusals([_nothing(regime)])
    return hunt


@dataclass(frozen=True, slots=True)
class _Worked:
    """A case that passes, with its determination."""

    case: GoldenCase
    found: Determination


@dataclass(frozen=True, slots=True)
class _Reached:
    """A case with the exposures in which a rule was asked, and those that came to its terms."""

    one: _Worked
    asked: tuple[Exposure, ...]
    termed: tuple[Exposure, ...]


@dataclass(slots=True)
class _Looked:
    """The truth of leaves by exposure, looked at once for all mutants."""

    seen: dict[tuple[int, str], int] = field(default_factory=dict)

    def values(self, leaves: Iterable[Leaf], exposure: Exposure) -> tuple[int, ...]:
        """The truth of a condition's leaves, in their order."""
        found = bytearray()
        for leaf in leaves:
            key = (id(exposure), leaf.key)
            if key not in self.seen:
                self.seen[key] = leaf.truth(exposure)
            found.append(self.seen[key])
        return tuple(found)


def _worked(path: Path, edition: Edition) -> Iterator[_Worked]:
    """The cases that pass; an exposure in them lives as long as they do, so its id names it."""
    for case in read_golden(path, edition):
        if not isinstance(case, GoldenCase):
            raise Refusals(case.refusals)
        found = determine(case.facts, edition, on=case.on, regimes=case.regimes)
        if not differs(found, case.expect, case.overall):
            yield _Worked(case, found)


def _speaks_of(case: GoldenCase, rule: str) -> bool:
    return any(rule in (*row.fires, *row.silent) for row in case.expect)


def _reached(one: _Worked, rule: Rule) -> _Reached | None:
    """Where a case comes to a rule; None where it never does."""
    asked, termed = [], []
    for exposure in one.found.exposures:
        for answer in exposure.regimes:
            results = answer.results
            place = results.program.places.get(rule.id)
            if place is None or results.truths[place] == NOT_REACHED:
                continue
            asked.append(results.exposure)
            if place in results.terms:
                termed.append(results.exposure)
    return _Reached(one, tuple(asked), tuple(termed)) if asked else None


def _noticed(change: Change, reached: Iterable[_Reached], looked: _Looked) -> str | None:
    """The id of the first case that fails by a change; asked only where it answers anew."""
    before, after = Tried(change.before), Tried(change.after)
    editions: dict[Edition, Edition] = {}
    for place in reached:
        exposures = place.termed if change.mutant.term else place.asked
        seen = {looked.values(before.leaves, exposure) for exposure in exposures}
        if all(before[values][0] == after[values][0] for values in seen):
            continue
        standing = place.one.found.edition
        if standing not in editions:
            editions[standing] = _with(standing, change.rule)
        if _fails(place.one.case, editions[standing]):
            return place.one.case.id
    return None


def _fails(case: GoldenCase, edition: Edition) -> bool:
    try:
        found = determine(case.facts, edition, on=case.on, regimes=case.regimes)
    except (Refusal, Refusals):
        return True
    return differs(found, case.expect, case.overall)


def _with(edition: Edition, changed: Rule) -> Edition:
    """The same law on the same day with one rule changed; what was compiled of others is kept."""
    law = edition.law
    program = with_rule(program_of(edition, changed.regime), changed)
    fresh = Law(law.on, law.tables, {**law.memo, ("program", changed.regime): program})
    rules = tuple(changed if rule.id == changed.id else rule for rule in edition.rules)
    return Edition(edition.id, edition.rows, fresh, rules, edition.charters)


def _nothing(regime: str) -> Refusal:
    return Refusal(
        code="no_mutants",
        what="There is nothing to hunt: no rule with a leaf, or no case that passes.",
        found=regime,
        valid="a regime of the rulebook, and a folder with cases that pass",
        remedy="Give another regime, or a folder of golden cases.",
    )
