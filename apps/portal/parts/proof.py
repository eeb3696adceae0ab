"""The proof of a determination: its matrix, and reasons and trace of the cell that is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.engine.outcomes import NO_LICENCE
from apps.portal.parts.exposures import Exposed, Opened, exposed_of, opened_of
from apps.portal.parts.matrix import Matrix, address_of, matrix_of
from apps.portal.parts.missing import Missing, missing_of
from apps.portal.parts.names import Names, names_in
from apps.portal.parts.reasons import Reason, nothing_asks, reasons_of, tested_in_vain
from apps.portal.parts.trace import Stage, trace_of
from apps.screening.domain.replay import recompute

if TYPE_CHECKING:
    from apps.engine.answers import Determination as Answer
    from apps.engine.answers import RegimeAnswer
    from apps.engine.trace import RuleTrace
    from apps.screening.models import Determination


@dataclass(frozen=True, slots=True)
class Place:
    """What of a proof an address opens: a cell, a regime, a rule; empty for what leads."""

    cell: str = ""
    regime: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What may be changed about the work, in words, and the outcome that would follow."""

    words: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The matrix, and of the cell that is opened its names, reasons and trace."""

    answer: Answer
    leading: Opened
    opened: Opened
    matrix: Matrix
    who: str
    what: str
    missing: tuple[Missing, ...]
    stages: tuple[Stage, ...]
    reasons: tuple[Reason, ...]
    tested: int
    address: str  # opens this cell
    changes: tuple[Change, ...]
    waits: tuple[str, ...]  # names of technologies that are not free of a licence as things stand

    @property
    def asks(self) -> bool:
        """Whether something is missing that the requester can say."""
        return any(not one.office for one in self.missing)


MOST_CHANGES = 5  # more would be no advice
LIGHT = frozenset({"excluded", "no_licence_required"})
TOLD = frozenset({"fired", "unknown"})  # rules whose facts are told at once


def proof_of(made: Determination, place: Place, *, requester: bool) -> Proof:
    """The proof, recomputed from the determination's own inputs."""
    answer = recompute(made)
    names = names_in(made.facts)
    leading = opened_of(answer, key="", regime="")
    asked = place.cell or place.regime
    opened = opened_of(answer, key=place.cell, regime=place.regime) if asked else leading
    exposure, cell = opened.exposure, opened.answer
    exposed = exposed_of(answer)
    rules = [_told(rule, place.rule) for rule in cell.rules]
    address = address_of(cell=exposure.key, regime=cell.regime)
    return Proof(
        answer=answer,
        leading=leading,
        opened=opened,
        matrix=matrix_of(
            exposed, names=names, regime=cell.regime, opened=exposure.key, requester=requester
        ),
        who=names.of(exposure.who),
        what=names.of(exposure.what),
        missing=missing_of(cell),
        stages=trace_of(rules, opened=place.rule, address=address),
        reasons=_reasons(cell, rules, names.below(exposure.what), requester=requester),
        tested=tested_in_vain(rules),
        address=address,
        changes=_changes(cell),
        waits=_waits(exposed, names),
    )


def _reasons(
    cell: RegimeAnswer, rules: Sequence[Mapping[str, Any]], entry: str, *, requester: bool
) -> tuple[Reason, ...]:
    """Why a cell is as it is; where no rule fired, that is the reason."""
    lands = {code: row.name for code, row in cell.results.exposure.law.tables.countries.items()}
    found = reasons_of(rules, lands, with_open=not requester)
    if not found and cell.outcome == NO_LICENCE:
        return (nothing_asks(entry, tested_in_vain(rules)),)
    return found


def _changes(cell: RegimeAnswer) -> tuple[Change, ...]:
    """The smallest sets of changes that lead to a better outcome, the smallest first."""
    told = (("; ".join(one.text for one in lever.changes), lever) for lever in cell.levers)
    return tuple(Change(words, lever.outcome) for words, lever in told)[:MOST_CHANGES]


def _waits(exposed: tuple[Exposed, ...], names: Names) -> tuple[str, ...]:
    held = (one for one in exposed if one.outcome not in LIGHT)
    return tuple(dict.fromkeys(names.of(one.what) for one in held))


def _told(trace: RuleTrace, opened: str) -> dict[str, object]:
    """A rule as the contract of machines has it; its conditions only where they are shown."""
    if trace.result in TOLD or trace.rule.id == opened:
        return trace.as_dict()
    return {
        "id": trace.rule.id,
        "title": trace.rule.title,
        "stage": trace.rule.stage,
        "result": trace.result,
        "citation": trace.rule.citation,
        "because": trace.because,
        "stopped_by": trace.stopped_by,
    }
