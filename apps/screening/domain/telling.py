"""A determination in plain lines: matrix, reasons with their citations, conditions, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.engine.answers import ExposureAnswer, RegimeAnswer
from apps.engine.trace import RuleTrace
from apps.screening.domain.facts_files import FileDetermination


def tell(found: FileDetermination) -> Iterator[str]:
    """The lines of a determination; equal input gives equal lines."""
    answer = found.answer
    edition = answer.edition
    yield f"Determination on {edition.on.isoformat()} under edition {edition.id}"
    yield f"  rules {edition.digest}"
    yield f"  this answer {answer.digest}"
    yield f"Outcome {answer.outcome}, {answer.open} open, tier {answer.tier}"
    yield f"Goes to {found.route.office}/{found.route.desk}: {' '.join(found.route.why)}"
    yield from _searched(found)
    yield ""
    yield from _matrix(answer.exposures)
    for exposure in answer.exposures:
        for cell in exposure.regimes:
            yield ""
            yield from _cell(exposure, cell)
    yield from _questions(found)


def _searched(found: FileDetermination) -> Iterator[str]:
    if found.search is None:
        yield "Lists: not searched; the facts say what is known of every party"
        return
    named = ", ".join(f"{part.list} {part.version}" for part in found.search.versions) or "none"
    why = f" ({found.search.why})" if found.search.why else ""
    yield f"Lists: search {found.search.state.value}{why}: {named}"


def _matrix(exposures: Iterable[ExposureAnswer]) -> Iterator[str]:
    rows = [(part.key, cell.regime, cell.outcome) for part in exposures for cell in part.regimes]
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    for key, regime, outcome in rows:
        yield f"{key:<{widths[0]}}  {regime:<{widths[1]}}  {outcome}"


def _cell(exposure: ExposureAnswer, cell: RegimeAnswer) -> Iterator[str]:
    yield f"{exposure.key} under {cell.regime}: {cell.outcome}"
    if cell.possible:
        yield f"  can become: {cell.possible[0]} to {cell.possible[1]}"
    for rule in cell.rules:
        if rule.result in ("fired", "unknown"):
            yield f"  {_rule(rule)}"
    for term in cell.conditions:
        yield f"  condition {term['id']} ({term['due']}): {term['text']} [{term['citation']}]"
    for label, words in (("also open", cell.alternatives), ("to be confirmed", cell.to_confirm)):
        if words:
            yield f"  {label}: {', '.join(words)}"
    for change in cell.changes:
        yield f"  from {change.on}: {change.outcome} ({change.because})"
    others = [rule.result for rule in cell.rules]
    yield f"  {others.count('silent')} rules silent, {others.count('not_reached')} not reached"


def _rule(rule: RuleTrace) -> str:
    return f"{rule.result:<7} {rule.rule.id}: {rule.because} [{rule.rule.citation}]"


def _questions(found: FileDetermination) -> Iterator[str]:
    questions = found.answer.questions
    if questions:
        yield ""
        yield "Open questions, the next one first"
    for place, question in enumerate(questions, start=1):
        yield f"  {place}. {question.fact}: {question.ask}"
        yield f"     {question.why} It settles: {', '.join(question.settles)}."
