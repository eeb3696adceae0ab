"""Draws the conclusion for one exposure and regime from what every rule answered.

All requirements are gathered before any is lifted; one authorisation must overcome every
reason it is set against (15 CFR 738.4(a)(2)(ii)). Where answers are open, the lightest and the
strictest conclusion
are drawn; only if both agree is there an outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from apps.engine.approvals import named_outcome
from apps.engine.evaluate import MOST_KEPT, NOT_REACHED, Results, is_refused
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
    """The outcome with the span it may still move in, and the duties that stand beside it: (place
    of the rule, number of its condition).
    """

    outcome: str
    verdict: Verdict
    possible: tuple[str, str] | None = None
    duties: tuple[tuple[int, int], ...] = ()


LIGHT, STRICT = View(fact_strict=False, law_strict=False), View(fact_strict=True, law_strict=True)
_MIXED = (
    (View(fact_strict=False, law_strict=False), View(fact_strict=True, law_strict=False)),
    (View(fact_strict=False, law_strict=True), View(fact_strict=True, law_strict=True)),
)


def conclude(results: Results) -> Conclusion:
    """The conclusion of one exposure under one regime.

    Where nothing can be authorised it follows from the rules' answers alone, and is drawn once for
    each combination of them.
    """
    if results.needs and results.program.lifts:
        return _conclude(results)
    known = cast("dict[object, Conclusion]", results.program.concluded)
    key = bytes(results.truths), tuple(results.terms.items()), tuple(results.needs.items())
    found = known.get(key)
    if found is None:
        if len(known) >= MOST_KEPT:
            known.clear()
        found = known[key] = _conclude(results)
    return found


def _conclude(results: Results) -> Conclusion:
    best = _verdict(results, LIGHT)
    if not _is_open(results):
        return Conclusion(best.outcome, best, duties=_duties(results, best))
    worst = _verdict(results, STRICT)
    if best.outcome == worst.outcome:
        return Conclusion(worst.outcome, worst, duties=_duties(results, worst))
    turns = [(_verdict(results, light), _verdict(results, strict)) for light, strict in _MIXED]
    named = [best, worst, *(verdict for pair in turns for verdict in pair)]
    possible = _span(results, [verdict.outcome for verdict in named])
    if all(light.outcome == strict.outcome for light, strict in turns):
        return Conclusion(UNDETERMINED, worst, possible)
    return Conclusion(NEEDS_INFORMATION, worst, possible)


def _span(results: Results, named: list[str]) -> tuple[str, str]:
    """The best and the worst outcome that can still follow: of those named, best and worst view
    first, and of every authorisation that may turn out to be the one.
    """
    needed = _reasons(_required(results, LIGHT)[1])
    if _required(results, STRICT)[1]:
        named = [*named, *(found[2] for found in sorted(_exceptions(results, LIGHT, needed)))]
    return min(named, key=rank), max([named[1], *named], key=rank)


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


def pivotal_rules(results: Results) -> tuple[int, ...]:
    """The places of rules whose open answer alone can change the outcome, whether the others are
    taken lightly or strictly; every open one where none alone can.
    """
    usual = {view: _verdict(results, view).outcome for pair in _MIXED for view in pair}
    open_places = [
        place
        for place, truth in enumerate(results.truths)
        if truth == UNKNOWN or (place in results.needs and results.needs[place].by_fact)
    ]
    turning = tuple(place for place in open_places if _turns(results, place, usual))
    return turning or tuple(open_places)


def _turns(results: Results, place: int, usual: Mapping[View, str]) -> bool:
    return any(
        _verdict(results, replace(view, apart=place)).outcome != outcome
        for view, outcome in usual.items()
    )


def _required(results: Results, view: View) -> tuple[int | None, list[_Demanded]]:
    """The rule that closes the branch under the view, and what is required all the same."""
    closer = _closer(results, view)
    return closer, [
        demand
        for demand in _demands(results, view)
        if closer is None or _rule(results, demand[0]).reach == "case"
    ]


def _reasons(demands: list[_Demanded]) -> frozenset[str]:
    return frozenset().union(*(reasons for _, _, reasons in demands))


def _verdict(results: Results, view: View) -> Verdict:
    closer, demands = _required(results, view)
    if not demands:
        return (
            Verdict(NO_LICENCE)
            if closer is None
            else Verdict(_rule(results, closer).outcome, closer, _open(results, closer))
        )
    found = sorted(_exceptions(results, view, _reasons(demands)))
    if found:
        (_, _, outcome, place, open_terms), others = found[0], found[1:]
        names = tuple(dict.fromkeys(other[2] for other in others if other[2] != outcome))
        return Verdict(outcome, place, open_terms, names)
    place, outcome, _ = max(demands, key=lambda demand: (rank(demand[1]), -demand[0]))
    return Verdict(outcome, place)


def _rule(results: Results, place: int) -> Rule:
    return results.program.ready[place].rule


def _closer(results: Results, view: View) -> int | None:
    """The closing rule that counts under the view, none if nothing closes.

    The first that holds closes. Open ones before it may come first: the lightest of those taken
    lightly counts, else the strictest of those taken strictly, if the branch is closed at all.
    """
    if not results.may_close:
        return None
    lightly: list[int] = []
    strictly: list[int] = []
    for _, _, place in results.program.closers:
        truth = results.truths[place]
        if truth in (FALSE, NOT_REACHED) or is_refused(results.terms.get(place, ())):
            continue
        if truth == TRUE:
            strictly.insert(0, place)
            break
        (strictly if view.strict(place, truth) else lightly).append(place)
    else:
        strictly.clear()
    by_rank = partial(_rank, results)
    if lightly:
        return min(lightly + strictly[:1], key=by_rank)
    return max(strictly, key=by_rank, default=None)


def _rank(results: Results, place: int) -> int:
    return rank(_rule(results, place).outcome)


_Demanded = tuple[int, str, frozenset[str]]  # place, outcome without authorisation, reasons


def _demands(results: Results, view: View) -> Iterator[_Demanded]:
    """The requirements that stand under the view, each with the reasons to be overcome."""
    for place, demand in results.needs.items():
        rule, truth = _rule(results, place), results.truths[place]
        if truth != TRUE and not view.strict(place, truth):
            continue
        outcome = rule.outcome
        if outcome == UNDETERMINED:
            outcome = rule.possible[view.strict(place, UNSETTLED)]
            if rank(outcome) <= rank(NO_LICENCE):
                continue
        reasons = demand.sure
        if view.strict(place, UNKNOWN):
            reasons |= demand.by_fact
        if view.strict(place, UNSETTLED):
            reasons |= demand.by_law
        if reasons or truth == TRUE:
            yield place, outcome, reasons


_Found = tuple[int, int, str, int, tuple[int, ...]]


def _exceptions(results: Results, view: View, needed: frozenset[str]) -> Iterator[_Found]:
    """Authorisations that overcome every reason: (open conditions, preference, outcome, place,
    open terms). One that hangs on law not known counts only where no other is open.
    """
    fitting = [
        place
        for place, terms in results.terms.items()
        if _stands(results, view, place)
        and needed <= _rule(results, place).overcomes
        and not is_refused(terms)
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
