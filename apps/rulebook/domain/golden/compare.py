"""Compares a determination with what a golden case expects of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.engine.answers import Determination, ExposureAnswer, RegimeAnswer
from apps.engine.trace import RESULTS
from apps.rulebook.domain.golden.cases import Expectation, Overall

_GAPS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is not as expected; `key` is empty for the whole case."""

    key: str
    regime: str
    what: str
    expected: object
    found: object

    def as_dict(self) -> dict[str, object]:
        """The failure as formats, section 5 has it."""
        return {
            "key": self.key,
            "regime": self.regime,
            "what": self.what,
            "expected": self.expected,
            "found": self.found,
        }


def compare(
    found: Determination, expect: Iterable[Expectation], overall: Overall
) -> tuple[Failure, ...]:
    """Everything in which a determination differs; empty if the case passes."""
    return tuple(_failures(found, expect, overall))


def differs(found: Determination, expect: Iterable[Expectation], overall: Overall) -> bool:
    """Whether a determination differs in anything; the first difference ends the search."""
    return next(_failures(found, expect, overall), None) is not None


def _failures(
    found: Determination, expect: Iterable[Expectation], overall: Overall
) -> Iterator[Failure]:
    for row in expect:
        yield from _row(found, row)
    yield from _overall(found, overall)


def _row(found: Determination, row: Expectation) -> Iterator[Failure]:
    cells = [
        (exposure, answer)
        for exposure in found.exposures
        for answer in exposure.regimes
        if _selected(exposure, answer, row)
    ]
    if not cells:
        selector = "/".join(part or "*" for part in (row.release, row.who, row.what))
        yield Failure(selector, row.regime, "exposure", "at least one", "none")
    for exposure, answer in cells:
        for what, expected, seen in _differences(answer, row):
            yield Failure(exposure.key, answer.regime, what, expected, seen)


def _selected(exposure: ExposureAnswer, answer: RegimeAnswer, row: Expectation) -> bool:
    pairs = (
        (row.release, exposure.release),
        (row.who, exposure.who),
        (row.what, exposure.what),
        (row.regime, answer.regime),
    )
    return all(wanted in ("", found) for wanted, found in pairs)


def _differences(answer: RegimeAnswer, row: Expectation) -> Iterator[tuple[str, object, object]]:
    if answer.outcome not in row.outcomes:
        yield "outcome", _one_or_list(row.outcomes), answer.outcome
    if row.conditions is not None:
        conditions = {str(part["id"]) for part in answer.conditions}
        if conditions != row.conditions:
            yield "conditions", sorted(row.conditions), sorted(conditions)
    yield from _questions(answer, row)
    if row.cites or row.fires or row.silent:
        yield from _rules(answer, row)


def _questions(answer: RegimeAnswer, row: Expectation) -> Iterator[tuple[str, object, object]]:
    open_facts = [question.fact for question in answer.questions]
    if row.questions is not None and len(open_facts) != row.questions:
        yield "questions", row.questions, len(open_facts)
    for place, options in enumerate(row.asks):
        among = open_facts[:1] if place == 0 else open_facts
        if not any(_asked_by(option, fact) for option in options for fact in among):
            yield "asks", _one_or_list(options), among


def _asked_by(wanted: str, fact: str) -> bool:
    """Whether a question asks for a fact, or for the list in which it stands by its place."""
    return wanted == fact or wanted.startswith(f"{fact}[")


def _rules(answer: RegimeAnswer, row: Expectation) -> Iterator[tuple[str, object, object]]:
    program = answer.results.program
    truths = zip(program.ready, answer.results.truths, strict=True)
    results = {ready.rule.id: RESULTS.get(truth, "unknown") for ready, truth in truths}
    cited = [one.rule.citation for one in program.ready if results[one.rule.id] == "fired"]
    for citation in row.cites:
        if not any(covers(citation, part) for text in cited for part in text.split(";")):
            yield "cites", citation, cited
    for name in row.fires:
        if results.get(name) != "fired":
            yield "fires", name, results.get(name, "no such rule")
    for name in row.silent:
        if results.get(name) != "silent":
            yield "silent", name, results.get(name, "no such rule")
    yield from _untold(answer, row)


def _untold(answer: RegimeAnswer, row: Expectation) -> Iterator[tuple[str, object, object]]:
    """The rules that had to stay silent, did, and do not say why."""
    for rule in answer.rules if row.silent else ():
        if rule.rule.id in row.silent and rule.result == "silent" and not rule.because:
            yield "silent", rule.rule.id, "silent, and does not say why"


def covers(citation: str, cited: str) -> bool:
    """Whether a citation names the text cited, or the section that paragraph stands in."""
    wide, narrow = (_GAPS.sub(" ", text).strip() for text in (citation, cited))
    return narrow == wide or (narrow.startswith(wide) and narrow[len(wide)] in "( .,")


def _overall(found: Determination, overall: Overall) -> Iterator[Failure]:
    if overall.outcomes and found.outcome not in overall.outcomes:
        expected = _one_or_list(overall.outcomes)
        yield Failure("", "", "overall.outcome", expected, found.outcome)
    if overall.open is not None and found.open != overall.open:
        yield Failure("", "", "overall.open", overall.open, found.open)
    if overall.tier and found.tier != overall.tier:
        yield Failure("", "", "overall.tier", overall.tier, found.tier)


def _one_or_list(words: tuple[str, ...]) -> object:
    return words[0] if len(words) == 1 else list(words)
