"""Evaluates the rules of a regime over exposures: equal leaves once, results by position, full
trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Final, cast

from apps.engine.conditions.tree import Leaf, Node, leaves_of
from apps.engine.conditions.weighing import Demand, demanded
from apps.engine.edition import Edition
from apps.engine.exposures import Exposure
from apps.engine.outcomes import rank
from apps.engine.rules import CLOSING, STAGES, Rule
from apps.engine.truth import FALSE, JOINED, TRUE, UNKNOWN

NOT_REACHED = 4
_AUTHORISATIONS: Final = "authorisations"
_EVERY_AXIS: Final = 3  # release, who and what
_PHASES: Final = len(CLOSING) + 3
MOST_KEPT: Final = 4096  # combinations of answers that are remembered
Values = Sequence[int]
Run = Callable[[Values, bytearray], int]
Ask = Callable[[Exposure, bytearray], int]


class Tried(dict[tuple[int, ...], tuple[int, bytes]]):
    """What a condition answers, and its nodes, by the values of its leaves in their order.

    Equal values have equal answers, so each combination is gone through once per edition and day.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.leaves = tuple(leaves_of(node))
        self._run = _run(node, iter(range(len(self.leaves))))

    def __missing__(self, values: tuple[int, ...]) -> tuple[int, bytes]:
        """Go through the condition once."""
        if len(self) >= MOST_KEPT:
            self.clear()
        out = bytearray()
        truth = self._run(values, out)
        found = self[values] = truth, bytes(out)
        return found


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule compiled against the leaves of its program, with what the way through it asks."""

    rule: Rule
    pick: Callable[[Values], tuple[int, ...]]  # the values of its leaves, and one more
    tried: Tried
    met: tuple[tuple[Ask | None, Ask | None], ...]  # per term: met, refused
    phase: int  # up to which phase its leaves must have been looked at
    lifts: bool
    demands: bool
    closes: bool
    case_wide: bool


_Probe = Callable[[Exposure], int]
_Group = tuple[str, Callable[[Exposure], object] | None, tuple[_Probe, ...]]  # name, ids, leaves


@dataclass(frozen=True, slots=True)
class Program:
    """The rules of one regime over shared leaves, by the phase that needs them first, and in it
    grouped by what they hang on.
    """

    regime: str
    ready: tuple[Ready, ...]
    leaves: tuple[Leaf, ...]
    phases: tuple[tuple[_Group, ...], ...]
    closers: tuple[tuple[int, int, int], ...]  # (stage, rank of the outcome, place), in that order
    demands_late: bool  # whether a rule past the authorisations may still demand one
    places: Mapping[str, int]  # where each rule stands in `ready`
    lifts: bool  # whether any rule authorises
    concluded: dict[object, object] = field(default_factory=dict)  # conclusions drawn before


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
    may_close: bool = False  # whether any closing rule holds or may hold


@dataclass(slots=True)
class Sight:
    """Leaf values already looked at in a case, by group and by the ids they hang on."""

    seen: dict[tuple[str, object], list[int]] = field(default_factory=dict)


def program_of(edition: Edition, regime: str) -> Program:
    """The compiled program of a regime, made once per edition and day."""
    key, memo = ("program", regime), edition.law.memo
    if key not in memo:
        memo[key] = _compile([rule for rule in edition.rules if rule.regime == regime], regime)
    return cast("Program", memo[key])


def with_rule(program: Program, rule: Rule) -> Program:
    """The same program with one rule written anew over the leaves it has; no other is compiled."""
    places = {leaf.key: place for place, leaf in enumerate(program.leaves)}
    own = program.places[rule.id]
    ready = (*program.ready[:own], _ready(rule, places), *program.ready[own + 1 :])
    return replace(program, ready=ready, concluded={})


def _compile(rules: list[Rule], regime: str) -> Program:
    grouped = _grouped(rules)
    leaves = tuple(leaf for _, found in grouped for leaf in found)
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
    phases = tuple(
        tuple(
            (f"{regime} {at} {axes}", _ids(axes), tuple(_probe(leaf) for leaf in found))
            for (at, axes), found in grouped
            if at == phase
        )
        for phase in range(_PHASES)
    )
    lifts = any(one.lifts for one in ready)
    return Program(regime, ready, leaves, phases, closers, late, own, lifts)


def _grouped(rules: list[Rule]) -> list[tuple[tuple[int, tuple[str, ...]], list[Leaf]]]:
    """Every leaf once, by the first phase that needs it and by what it hangs on."""
    first: dict[str, tuple[int, Leaf]] = {}
    for rule in rules:
        for leaf in leaves_of(rule.when):
            phase = min(_phase(rule), first.get(leaf.key, (_PHASES, leaf))[0])
            first[leaf.key] = phase, leaf
    grouped: dict[tuple[int, tuple[str, ...]], list[Leaf]] = {}
    for phase, leaf in first.values():
        grouped.setdefault((phase, tuple(sorted(leaf.axes))), []).append(leaf)
    return sorted(grouped.items())


def _ids(axes: tuple[str, ...]) -> Callable[[Exposure], object] | None:
    """What tells apart where leaves look; None for what hangs on the exposure itself."""
    if len(axes) == _EVERY_AXIS:
        return None
    return attrgetter(*axes) if axes else _anywhere


def _anywhere(_exposure: Exposure) -> object:
    return ""


def _phase(rule: Rule) -> int:
    """Closing stages one after another, then what runs for every case, what else may demand, and
    last what authorises.
    """
    if rule.stage in CLOSING:
        return rule.stage_place
    if rule.stage == _AUTHORISATIONS:
        return _PHASES - 1
    return len(CLOSING) + (rule.reach != "case")


def _probe(leaf: Leaf) -> _Probe:
    """How the truth of a leaf is told, without what it reads where that is possible."""
    return leaf.truth if leaf.test is None else leaf.test


def _ready(rule: Rule, places: dict[str, int]) -> Ready:
    tried = Tried(rule.when)
    mine = [places[leaf.key] for leaf in tried.leaves]
    return Ready(
        rule,
        itemgetter(*mine, mine[0]),  # one more, so that a single leaf is a sequence as well
        tried,
        tuple((_maybe(term.met), _maybe(term.refused)) for term in rule.terms),
        _phase(rule),
        lifts=rule.stage == _AUTHORISATIONS,
        demands=rule.is_demand,
        closes=rule.is_closing,
        case_wide=rule.reach == "case",
    )


def _maybe(node: Node | None) -> Ask | None:
    return None if node is None else _asking(node)


def _asking(node: Node) -> Ask:
    """The truth of what a term asks, its nodes written behind `out`; looked at when it is asked."""
    tried = Tried(node)
    probes = tuple(_probe(leaf) for leaf in tried.leaves)

    def ask(exposure: Exposure, out: bytearray) -> int:
        truth, nodes = tried[tuple([probe(exposure) for probe in probes])]
        out += nodes
        return truth

    return ask


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


def look(program: Program, phase: int, exposure: Exposure, sight: Sight) -> list[int]:
    """The truth of the leaves of a phase; each is looked at once per what it hangs on."""
    values: list[int] = []
    seen = sight.seen
    for name, ids, probes in program.phases[phase]:
        if ids is None:
            values += [probe(exposure) for probe in probes]
            continue
        key = (name, ids(exposure))
        found = seen.get(key)
        if found is None:
            found = seen[key] = [probe(exposure) for probe in probes]
        values += found
    return values


def evaluate(program: Program, exposure: Exposure, sight: Sight) -> Results:
    """Every rule's answer for one exposure, stage by stage; what a closed branch stops is not
    reached. What is demanded whatever the technology is may be authorised all the same.
    """
    values: list[int] = []
    out, phase = bytearray(), 0
    truths: list[int] = []
    needs: dict[int, Demand] = {}
    terms: dict[int, tuple[tuple[int, int], ...]] = {}
    closed_stage, closed_by, required, may_close = "", "", program.demands_late, False
    for place, ready in enumerate(program.ready):
        if ready.lifts:
            skipped = not required
        else:
            skipped = not (ready.case_wide or not closed_by or ready.rule.stage == closed_stage)
        if skipped:
            truths.append(NOT_REACHED)
            continue
        while phase <= ready.phase:
            values += look(program, phase, exposure, sight)
            phase += 1
        answer, nodes = ready.tried[ready.pick(values)]
        out += nodes
        truths.append(answer)
        if answer == FALSE:
            continue
        if ready.demands:
            required = True
            needs[place] = _needs(ready.rule, exposure)
            continue
        if ready.met or not ready.closes:
            terms[place] = _ask(ready, exposure, out)
        may_close = may_close or ready.closes
        closes = ready.closes and answer == TRUE and not is_refused(terms.get(place, ()))
        if closes and not closed_by:
            closed_stage, closed_by = ready.rule.stage, ready.rule.id
    return Results(exposure, program, truths, bytes(out), needs, terms, closed_by, may_close)


def is_refused(terms: Iterable[tuple[int, int]]) -> bool:
    """Whether a paper that a rule asks for was refused: then the rule opens nothing."""
    return any(refused == TRUE for _, refused in terms)


def _ask(ready: Ready, exposure: Exposure, out: bytearray) -> tuple[tuple[int, int], ...]:
    return tuple(
        (_asked(met, exposure, out), _asked(refused, exposure, out)) for met, refused in ready.met
    )


def _asked(ask: Ask | None, exposure: Exposure, out: bytearray) -> int:
    return UNKNOWN if ask is None else ask(exposure, out)


def _needs(rule: Rule, exposure: Exposure) -> Demand:
    own = Demand(frozenset({rule.id}))
    if not rule.demands:
        return own
    found = demanded(exposure, rule.regime, via=rule.via)
    return found if found.sure or found.is_open else own  # what fired demands something
