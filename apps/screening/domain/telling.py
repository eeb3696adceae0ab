"""A determination in plain lines: matrix, reasons with their citations, levers, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from apps.engine.answers import ExposureAnswer, RegimeAnswer
from apps.engine.outcomes import rank
from apps.engine.trace import RuleTrace
from apps.screening.domain.facts_files import FileDetermination

Paint = Callable[[str, str], str]  # (outcome, words) -> the words in the colour of the outcome


def in_black(_outcome: str, words: str) -> str:
    """Words without colour."""
    return words


def tell(found: FileDetermination, paint: Paint = in_black) -> Iterator[str]:
    """The lines of a determination; equal input gives equal lines."""
    answer = found.answer
    edition = answer.edition
    yield f"Determination on {edition.on.isoformat()} under edition {edition.id}"
    yield f"  rules {edition.digest}"
    yield f"  this answer {answer.digest}"
    outcome = paint(answer.outcome, answer.outcome)
    yield f"Outcome {outcome}, {answer.open} open, tier {answer.tier}"
    yield f"Goes to {found.route.office}/{found.route.desk}: {' '.join(found.route.why)}"
    yield from _searched(found)
    yield ""
    yield from _matrix(answer.exposures, paint)
    for exposure in answer.exposures:
        yield from _reasons(exposure, paint)
    yield from _questions(found)


def _searched(found: FileDetermination) -> Iterator[str]:
    if found.search is None:
        yield "Lists: not searched; the facts say what is known of every party"
        return
    named = ", ".join(f"{part.list} {part.version}" for part in found.search.versions) or "none"
    why = f" ({found.search.why})" if found.search.why else ""
    yield f"Lists: search {found.search.state.value}{why}: {named}"


def _matrix(exposures: tuple[ExposureAnswer, ...], paint: Paint) -> Iterator[str]:
    """Each exposure with its outcomes, the strictest first, and the regimes that come to it."""
    told = [(part.key, _by_outcome(part)) for part in exposures]
    widest = max(len(key) for key, _ in told)
    column = max(len(outcome) for _, outcomes in told for outcome in outcomes)
    for key, outcomes in told:
        for place, (outcome, regimes) in enumerate(outcomes.items()):
            name = "" if place else key
            shown = paint(outcome, f"{outcome:<{column}}")
            yield f"{name:<{widest}}  {shown}  {', '.join(regimes)}"


def _by_outcome(exposure: ExposureAnswer) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cell in sorted(exposure.regimes, key=_strictest_first):
        found.setdefault(cell.outcome, []).append(cell.regime)
    return found


def _strictest_first(cell: RegimeAnswer) -> tuple[bool, int, str]:
    """Open cells lead: they are what somebody has to do."""
    return rank(cell.outcome) >= 0, -rank(cell.outcome), cell.outcome


def _reasons(exposure: ExposureAnswer, paint: Paint) -> Iterator[str]:
    """Why, regime by regime; those in which no rule speaks up are counted in one line."""
    quiet: list[str] = []
    for cell in sorted(exposure.regimes, key=_strictest_first):
        if any(rule.result in ("fired", "unknown") for rule in cell.rules):
            yield ""
            yield from _cell(exposure, cell, paint)
        else:
            quiet.append(f"{cell.regime} ({len(cell.rules)} rules)")
    if quiet:
        yield ""
        yield f"{exposure.key}: no rule fired under {', '.join(quiet)}"


def _cell(exposure: ExposureAnswer, cell: RegimeAnswer, paint: Paint) -> Iterator[str]:
    yield f"{exposure.key} under {cell.regime}: {paint(cell.outcome, cell.outcome)}"
    if cell.possible:
        yield f"  can become: {cell.possible[0]} to {cell.possible[1]}"
    for rule in cell.rules:
        if rule.result in ("fired", "unknown"):
            yield f"  {_rule(rule)}"
    for term in cell.conditions:
        yield f"  condition {term['id']} ({term['due']}): {term['text']} [{term['citation']}]"
    for lever in cell.levers:
        text = "; ".join(change.text for change in lever.changes)
        yield f"  would change it: {text} -> {paint(lever.outcome, lever.outcome)}"
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
