"""Draws the conclusion for one exposure and regime from what every rule answered.

All requirements are gathered before any is lifted; one authorisation must overcome every
reason it is set against (15 CFR 738.4(a)(2)(ii)). Where answers are open, the lightest and the
strictest conclusion
are drawn; only if both agree is there an outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.engine.approvals import named_outcome
from apps.engine.evaluate import NOT_REACHED, Results
from apps.engine.outcomes import LICENCE, NEEDS_INFORMATION, NO_LICENCE, UNDETERMINED, rank
from apps.engine.rules import Rule
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED


@dataclass(frozen=True, slots=True)
class View:
    """How open answers are taken: a missing fact and missing law each lightly or strictly, one
    rule apart.
    """

    fact_strict: bool
    law_strict: bool
    apart: int = -1  # the place of a rule taken the other way

    def strict(self, place: int, truth: int) -> bool:
        """Whether an open answer at a place is taken strictly."""
        strict = self.fact_strict if truth == UNKNOWN else self.law_strict
        return strict != (place == self.apart)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One conclusion: the outcome, the rule it rests on, its open conditions and the other
    exceptions.
    """

    outcome: str
    by: int = -1
    open_terms: tuple[int, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The outcome with the span it may still move in, the places of the rules that keep it open,
    and the duties that stand beside it: (place of the rule, number of its condition).
    """

    outcome: str
    verdict: Verdict
    possible: tuple[str, str] | None = None
    pivotal: tuple[int, ...] = ()
    duties: tuple[tuple[int, int], ...] = ()


LIGHT, STRICT = View(fact_strict=False, law_strict=False), View(fact_strict=True, law_strict=True)
_MIXED = (
    (View(fact_strict=False, law_strict=False), View(fact_strict=True, law_strict=False)),
    (View(fact_strict=False, law_strict=True), View(fact_strict=True, law_strict=True)),
)


def conclude(results: Results) -> Conclusion:
    """The conclusion of one exposure under one regime."""
    best = _verdict(results, LIGHT)
    if not _is_open(results):
        return Conclusion(best.outcome, best, duties=_duties(results, best))
    worst = _verdict(results, STRICT)
    if best.outcome == worst.outcome:
        return Conclusion(worst.outcome, worst, duties=_duties(results, worst))
    possible = (best.outcome, worst.outcome)
    by_fact = any(
        _verdict(results, light).outcome != _verdict(results, strict).outcome
        for light, strict in _MIXED
    )
    if not by_fact:
        return Conclusion(UNDETERMINED, worst, possible)
    return Conclusion(NEEDS_INFORMATION, worst, possible, _pivotal(results))


def _duties(results: Results, verdict: Verdict) -> tuple[tuple[int, int], ...]:
    """What is asked for beside an outcome that lets the release happen."""
    if rank(verdict.outcome) >= rank(LICENCE):
        return ()
    standing = (
        place
        for place in results.terms
        if _rule(results, place).is_duty and results.truths[place] == TRUE
    )
    return tuple((place, number) for place in standing for number in _open(results, place))


def _is_open(results: Results) -> bool:
    if UNKNOWN in results.truths or UNSETTLED in results.truths:
        return True
    return any(
        demand.is_open or _rule(results, place).outcome == UNDETERMINED
        for place, demand in results.needs.items()
    )


def _pivotal(results: Results) -> tuple[int, ...]:
    """Rules whose open answer alone can change the outcome, others taken lightly or strictly."""
    open_places = [
        place
        for place, truth in enumerate(results.truths)
        if truth == UNKNOWN or (place in results.needs and results.needs[place].by_fact)
    ]
    turning = tuple(place for place in open_places if _turns(results, place))
    return turning or tuple(open_places)


def _turns(results: Results, place: int) -> bool:
    for pair in _MIXED:
        for view in pair:
            other = View(view.fact_strict, view.law_strict, place)
            if _verdict(results, view).outcome != _verdict(results, other).outcome:
                return True
    return False


def _verdict(results: Results, view: View) -> Verdict:
    closer = _closer(results, view)
    demands = [
        (place, rule, needs)
        for place, rule, needs in _demands(results, view)
        if closer is None or rule.reach == "case"
    ]
    if not demands:
        return (
            Verdict(NO_LICENCE)
            if closer is None
            else Verdict(_rule(results, closer).outcome, closer, _open(results, closer))
        )
    found = sorted(_exceptions(results, view, demands))
    if found:
        (_, _, outcome, place, open_terms), others = found[0], found[1:]
        names = tuple(dict.fromkeys(other[2] for other in others if other[2] != outcome))
        return Verdict(outcome, place, open_terms, names)
    place, outcome = max(
        ((place, _demanded(rule)) for place, rule, _ in demands),
        key=lambda pair: (rank(pair[1]), -pair[0]),
    )
    return Verdict(outcome, place)


def _demanded(rule: Rule) -> str:
    return rule.possible[1] if rule.outcome == UNDETERMINED else rule.outcome or LICENCE


def _rule(results: Results, place: int) -> Rule:
    return results.program.ready[place].rule


def _closer(results: Results, view: View) -> int | None:
    """The first closing rule that holds under the view: by stage, then the lightest outcome."""
    for _, _, place in results.program.closers:
        truth = results.truths[place]
        if truth == TRUE or (truth not in (FALSE, NOT_REACHED) and not view.strict(place, truth)):
            return place
    return None


def _demands(results: Results, view: View) -> Iterator[tuple[int, Rule, frozenset[str]]]:
    """The requirements that stand under the view, each with the reasons to be overcome."""
    for place, demand in results.needs.items():
        rule, truth = _rule(results, place), results.truths[place]
        if truth != TRUE and not view.strict(place, truth):
            continue
        if rule.outcome == UNDETERMINED and truth == TRUE and not view.strict(place, UNSETTLED):
            continue
        reasons = demand.sure
        if view.strict(place, UNKNOWN):
            reasons |= demand.by_fact
        if view.strict(place, UNSETTLED):
            reasons |= demand.by_law
        if reasons:
            yield place, rule, reasons


_Found = tuple[int, int, str, int, tuple[int, ...]]


def _exceptions(
    results: Results, view: View, demands: list[tuple[int, Rule, frozenset[str]]]
) -> Iterator[_Found]:
    """Authorisations that overcome every demand: (open conditions, preference, outcome, place,
    open terms). One that hangs on law not known counts only where no other is open.
    """
    needed = frozenset().union(*(needs for _, _, needs in demands))
    fitting = [
        place
        for place, terms in results.terms.items()
        if _stands(results, view, place)
        and needed <= _rule(results, place).overcomes
        and not any(refused == TRUE for _, refused in terms)
    ]
    settled = [place for place in fitting if results.truths[place] != UNSETTLED]
    for place in settled or fitting:
        rule, open_terms = _rule(results, place), _open(results, place)
        outcome = named_outcome(rule.outcome, results.exposure)
        yield len(open_terms), rule.preference, outcome, place, open_terms


def _stands(results: Results, view: View, place: int) -> bool:
    rule, truth = _rule(results, place), results.truths[place]
    if rule.is_closing or rule.is_duty:
        return False
    return truth == TRUE or not view.strict(place, truth)


def _open(results: Results, place: int) -> tuple[int, ...]:
    """The conditions of a rule that are not met yet, by number."""
    return tuple(
        number for number, (met, _) in enumerate(results.terms.get(place, ())) if met != TRUE
    )
