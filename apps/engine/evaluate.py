"""Evaluates the rules of a regime over exposures: equal leaves once, results by position, full
trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, cast

from apps.engine.conditions.tree import Leaf, Node, leaves_of
from apps.engine.conditions.weighing import Demand, demanded
from apps.engine.edition import Edition
from apps.engine.exposures import Exposure
from apps.engine.outcomes import rank
from apps.engine.rules import STAGES, Rule
from apps.engine.truth import FALSE, JOINED, TRUE, UNKNOWN

NOT_REACHED = 4
_AUTHORISATIONS: Final = "authorisations"
_MOST_KEPT: Final = 4096  # combinations of values a condition was gone through for
Values = Sequence[int]
Run = Callable[[Values, bytearray], int]


class Tried(dict[bytes, tuple[int, bytes]]):
    """What a condition answers, and its nodes, by the values of its leaves in their order.

    Equal values have equal answers, so each combination is gone through once per edition and day.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.leaves = tuple(leaves_of(node))
        self._run = _run(node, iter(range(len(self.leaves))))

    def __missing__(self, values: bytes) -> tuple[int, bytes]:
        """Go through the condition once."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        out = bytearray()
        truth = self._run(values, out)
        found = self[values] = truth, bytes(out)
        return found


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule compiled against the leaves of its program, with what the way through it asks."""

    rule: Rule
    run: Run
    met: tuple[tuple[Run | None, Run | None], ...]  # per term: met, refused
    lifts: bool
    demands: bool
    closes: bool
    case_wide: bool


@dataclass(frozen=True, slots=True)
class Program:
    """The rules of one regime over shared leaves, grouped by what they hang on."""

    regime: str
    ready: tuple[Ready, ...]
    leaves: tuple[Leaf, ...]
    groups: tuple[tuple[tuple[str, ...], tuple[Leaf, ...]], ...]
    closers: tuple[tuple[int, int, int], ...]  # (stage, rank of the outcome, place), in that order
    demands_late: bool  # whether a rule past the authorisations may still demand one
    places: Mapping[str, int]  # where each rule stands in `ready`


@dataclass(slots=True)
class Results:
    """What every rule of a program answered for one exposure; `trace` holds all node results by
    position.
    """

    exposure: Exposure
    program: Program
    truths: list[int]
    trace: bytes
    needs: dict[int, Demand]
    terms: dict[int, tuple[tuple[int, int], ...]]  # rule place -> (met, refused) per term
    stopped_by: str = ""


@dataclass(slots=True)
class Sight:
    """Leaf values already looked at in a case, by group and by the ids they hang on."""

    seen: dict[tuple[object, ...], list[int]] = field(default_factory=dict)


def program_of(edition: Edition, regime: str) -> Program:
    """The compiled program of a regime, made once per edition and day."""
    key, memo = ("program", regime), edition.law.memo
    if key not in memo:
        memo[key] = _compile([rule for rule in edition.rules if rule.regime == regime], regime)
    return cast("Program", memo[key])


def _nodes(rule: Rule) -> list[Node]:
    return [
        rule.when,
        *(node for term in rule.terms for node in (term.met, term.refused) if node is not None),
    ]


def _compile(rules: list[Rule], regime: str) -> Program:
    unique: dict[str, Leaf] = {}
    for rule in rules:
        for node in _nodes(rule):
            for leaf in leaves_of(node):
                unique.setdefault(leaf.key, leaf)
    grouped: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in unique.values():
        grouped.setdefault(tuple(sorted(leaf.axes)), []).append(leaf)
    groups = tuple((axes, tuple(found)) for axes, found in sorted(grouped.items()))
    leaves = tuple(leaf for _, found in groups for leaf in found)
    places = {leaf.key: place for place, leaf in enumerate(leaves)}
    ready = tuple(_ready(rule, places) for rule in rules)
    closers = tuple(
        sorted(
            (rule.stage_place, rank(rule.outcome), place)
            for place, rule in enumerate(rules)
            if rule.is_closing
        )
    )
    late = any(rule.stage_place > STAGES.index(_AUTHORISATIONS) for rule in rules)
    own = {rule.id: place for place, rule in enumerate(rules)}
    return Program(regime, ready, leaves, groups, closers, late, own)


def _ready(rule: Rule, places: dict[str, int]) -> Ready:
    return Ready(
        rule,
        _told(rule.when, places),
        tuple((_maybe(term.met, places), _maybe(term.refused, places)) for term in rule.terms),
        lifts=rule.stage == _AUTHORISATIONS,
        demands=rule.is_demand,
        closes=rule.is_closing,
        case_wide=rule.reach == "case",
    )


def _maybe(node: Node | None, places: dict[str, int]) -> Run | None:
    return None if node is None else _told(node, places)


def _told(node: Node, places: dict[str, int]) -> Run:
    """The truth of a condition by the leaves of its program, its nodes written behind `out`."""
    tried = Tried(node)
    mine = [places[leaf.key] for leaf in tried.leaves]
    pick = itemgetter(*mine, mine[0])  # one more, so that a single leaf is a sequence as well

    def run(values: Values, out: bytearray) -> int:
        truth, nodes = tried[bytes(pick(values))]
        out += nodes
        return truth

    return run


def _run(node: Node, place: Iterator[int]) -> Run:
    """A condition as a walk over the values of its leaves, which stand in their order."""
    if isinstance(node, Leaf):
        return _run_leaf(next(place))
    parts = tuple(_run(child, place) for child in node.children)
    return _run_branch(JOINED[node.op], parts)


def _run_leaf(place: int) -> Run:
    def run(values: Values, out: bytearray) -> int:
        value = values[place]
        out.append(value)
        return value

    return run


def _run_branch(join: Callable[[list[int]], int], parts: tuple[Run, ...]) -> Run:
    def run(values: Values, out: bytearray) -> int:
        answer = join([part(values, out) for part in parts])
        out.append(answer)
        return answer

    return run


def look(program: Program, exposure: Exposure, sight: Sight) -> list[int]:
    """The truth of every leaf for an exposure; each leaf is looked at once per what it hangs on."""
    values: list[int] = []
    for axes, leaves in program.groups:
        key = (program.regime, axes, *(getattr(exposure, axis) for axis in axes))
        found = sight.seen.get(key)
        if found is None:
            found = sight.seen[key] = [leaf.truth(exposure) for leaf in leaves]
        values += found
    return values


def evaluate(program: Program, exposure: Exposure, sight: Sight) -> Results:
    """Every rule's answer for one exposure, stage by stage; what a closed branch stops is not
    reached. What is demanded whatever the technology is may be authorised all the same.
    """
    values, out = look(program, exposure, sight), bytearray()
    truths: list[int] = []
    needs: dict[int, Demand] = {}
    terms: dict[int, tuple[tuple[int, int], ...]] = {}
    closed_stage, closed_by, required = "", "", program.demands_late
    for place, ready in enumerate(program.ready):
        past = closed_by and not ready.case_wide and ready.rule.stage != closed_stage
        if not required if ready.lifts else past:
            truths.append(NOT_REACHED)
            continue
        answer = ready.run(values, out)
        truths.append(answer)
        if answer == FALSE:
            continue
        if ready.demands:
            required = True
            needs[place] = _needs(ready.rule, exposure)
            continue
        if ready.met or not ready.closes:
            terms[place] = _ask(ready, values, out)
        closes = ready.closes and answer == TRUE and not is_refused(terms.get(place, ()))
        if closes and not closed_by:
            closed_stage, closed_by = ready.rule.stage, ready.rule.id
    return Results(exposure, program, truths, bytes(out), needs, terms, closed_by)


def is_refused(terms: Iterable[tuple[int, int]]) -> bool:
    """Whether a paper that a rule asks for was refused: then the rule opens nothing."""
    return any(refused == TRUE for _, refused in terms)


def _ask(ready: Ready, values: Values, out: bytearray) -> tuple[tuple[int, int], ...]:
    return tuple(
        (_asked(met, values, out), _asked(refused, values, out)) for met, refused in ready.met
    )


def _asked(run: Run | None, values: Values, out: bytearray) -> int:
    return UNKNOWN if run is None else run(values, out)


def _needs(rule: Rule, exposure: Exposure) -> Demand:
    own = Demand(frozenset({rule.id}))
    if not rule.demands:
        return own
    found = demanded(exposure, rule.regime, via=rule.via)
    return found if found.sure or found.is_open else own  # what fired demands something
