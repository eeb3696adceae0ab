"""Expands the positional trace of a rule into the tree a person reads: node, result, text, facts
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from apps.engine.conditions.tree import Leaf, Node, Read, Seen
from apps.engine.evaluate import NOT_REACHED, Ready, Results
from apps.engine.exposures import Exposure
from apps.engine.rows import CountryRow
from apps.engine.rules import Rule
from apps.engine.sentences import turned
from apps.engine.truth import FALSE, JOINED, TRUE, UNKNOWN, spoken

RESULTS: Mapping[int, str] = {TRUE: "fired", FALSE: "silent", NOT_REACHED: "not_reached"}

_NOTHING: Final = "nothing has to be authorised"


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One node of a trace with its own truth, what it read and its children."""

    op: str
    truth: int
    text: str
    seen: Seen | None
    children: tuple[TraceNode, ...]

    def as_dict(self) -> dict[str, object]:
        """The node as formats, section 5 has it."""
        node: dict[str, object] = {"op": self.op, "result": spoken(self.truth)}
        if self.text:
            node["text"] = self.text
        if self.seen is not None:
            node["reads"] = [read.as_dict() for read in self.seen.reads]
            if self.seen.missing:
                node["missing"] = list(self.seen.missing)
        if self.children:
            node["children"] = [child.as_dict() for child in self.children]
        return node


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """What one rule answered and why."""

    rule: Rule
    truth: int
    stopped_by: str
    tree: TraceNode | None
    countries: Mapping[str, CountryRow]

    @property
    def result(self) -> str:
        """fired, silent, unknown or not_reached."""
        return RESULTS.get(self.truth, "unknown")

    @property
    def because(self) -> str:
        """The rule's own sentence for what it answered."""
        if self.tree is None:
            settled = f"settled before by {self.stopped_by}" if self.stopped_by else _NOTHING
            return f"Not reached: {settled}."
        spoken_of = "; ".join(dict.fromkeys(_spoken(self.tree)))
        if self.truth not in (TRUE, FALSE):
            return f"Open: {spoken_of}."
        text = self.rule.fired if self.truth == TRUE else self.rule.silent
        country = self._country(self.tree)
        return text.replace("{failed}", spoken_of).replace("{country}", country) or self.rule.title

    def _country(self, tree: TraceNode) -> str:
        codes = (str(read.value) for read in _reads(tree) if read.fact == "exposure.country")
        code = next(codes, "")
        return self.countries[code].name if code in self.countries else "this country"

    def as_dict(self) -> dict[str, object]:
        """The rule as formats, section 5 has it."""
        shown: dict[str, object] = {
            "id": self.rule.id,
            "title": self.rule.title,
            "stage": self.rule.stage,
            "result": self.result,
            "citation": self.rule.citation,
            "because": self.because,
            "trace": self.tree.as_dict() if self.tree else None,
        }
        if self.truth == NOT_REACHED:
            shown["stopped_by"] = self.stopped_by
        return shown


class Expansion:
    """One walk over a positional trace, in the order in which it was written."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._place = 0

    def rules(self) -> tuple[RuleTrace, ...]:
        """Every rule of the regime with its trace."""
        return tuple(
            self._rule(place, ready) for place, ready in enumerate(self._results.program.ready)
        )

    def _rule(self, place: int, ready: Ready) -> RuleTrace:
        truth = self._results.truths[place]
        names = self._results.exposure.law.tables.countries
        if truth == NOT_REACHED:
            return RuleTrace(ready.rule, truth, self._results.stopped_by, None, names)
        tree = self._node(ready.rule.when)
        if place in self._results.terms:
            for term in ready.rule.terms:
                for node in (term.met, term.refused):
                    if node is not None:
                        self._node(node)
        return RuleTrace(ready.rule, truth, "", tree, names)

    def _node(self, node: Node) -> TraceNode:
        if isinstance(node, Leaf):
            truth = self._next()
            return TraceNode(node.op, truth, node.text, node.look(self._results.exposure), ())
        children = tuple(self._node(child) for child in node.children)
        return TraceNode(node.op, self._next(), node.text, None, children)

    def _next(self) -> int:
        truth = self._results.trace[self._place]
        self._place += 1
        return truth


def missing_facts(exposure: Exposure, node: Node) -> tuple[str, ...]:
    """The facts whose knowledge could settle an open node, in the order they stand."""
    return tuple(dict.fromkeys(_missing(exposure, node)[1]))


def _missing(exposure: Exposure, node: Node) -> tuple[int, tuple[str, ...]]:
    if isinstance(node, Leaf):
        seen = node.look(exposure)
        return seen.truth, seen.missing if seen.truth == UNKNOWN else ()
    below = [_missing(exposure, child) for child in node.children]
    truth = JOINED[node.op]([answer for answer, _ in below])
    paths = tuple(path for answer, found in below if answer == UNKNOWN for path in found)
    return truth, paths if truth == UNKNOWN else ()


def _spoken(tree: TraceNode) -> list[str]:
    """The sentences of the leaves that made a node what it is."""
    if not tree.children:
        return [_as_found(tree)]
    kept = [child for child in tree.children if tree.op == "not" or child.truth == tree.truth]
    return [text for child in kept for text in _spoken(child)]


def _as_found(leaf: TraceNode) -> str:
    """The sentence of a leaf, turned round where it did not hold."""
    return turned(leaf.text) if leaf.truth == FALSE else leaf.text


def _reads(tree: TraceNode) -> Iterator[Read]:
    yield from tree.seen.reads if tree.seen is not None else ()
    for child in tree.children:
        yield from _reads(child)
