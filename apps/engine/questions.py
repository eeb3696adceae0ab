"""The questions a case leaves open: which facts could still change an outcome, best first, and
what each settles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from apps.engine.conclude import Conclusion, pivotal_rules
from apps.engine.conditions.weighing import missing_for
from apps.engine.evaluate import Results
from apps.engine.facts.registry import ORDER, spec_for
from apps.engine.facts.spec import FactSpec
from apps.engine.facts.supposing import with_fact
from apps.engine.facts.tree import Facts
from apps.engine.outcomes import rank
from apps.engine.relevance import Open, answers_to, relevant_facts
from apps.engine.trace import missing_facts

_MOST_ANSWERS: Final = 12  # with more, the best and the worst that can follow are told
Judge = Callable[[Facts], str]  # the outcome the same cell would have under other facts


@dataclass(frozen=True, slots=True)
class Question:
    """One open fact: what to ask, why, whom, and the outcomes its answers lead to."""

    fact: str
    ask: str
    why: str
    settles: tuple[str, ...]
    asked_of: str = "requester"
    stage: int = 0

    def as_dict(self) -> dict[str, object]:
        """The question as formats, section 5 has it."""
        return {
            "fact": self.fact,
            "ask": self.ask,
            "why": self.why,
            "settles": list(self.settles),
            "asked_of": self.asked_of,
        }


def open_questions(
    results: Results, conclusion: Conclusion, *, judge: Judge, open_of: Open
) -> tuple[Question, ...]:
    """The questions of one exposure and regime, best first: by stage, then by the registry.

    Only what can change the outcome is asked, as far as the answers can be gone through.
    """
    possible = conclusion.possible or (conclusion.outcome, conclusion.outcome)
    missing = missing_in_order(results)
    settled = relevant_facts(
        results.exposure.facts,
        tuple(missing),
        open_of=open_of,
        law=results.exposure.law,
        program=results.program,
    )
    return tuple(
        _question(path, stage, results, judge, possible)
        for path, stage in missing.items()
        if not settled or path in settled
    )


def missing_in_order(results: Results) -> dict[str, int]:
    """The facts that keep an outcome open with the stage that reads them first, best first."""
    found: dict[str, int] = {}
    for place in pivotal_rules(results):
        rule = results.program.ready[place].rule
        paths = missing_facts(results.exposure, rule.when)
        if place in results.needs and results.needs[place].by_fact:
            paths += missing_for(results.exposure, rule.regime, via=rule.via)
        for path in paths:
            found[path] = min(found.get(path, rule.stage_place), rule.stage_place)
    return dict(sorted(found.items(), key=lambda item: (item[1], _order(item[0]), item[0])))


def _order(path: str) -> int:
    spec = spec_for(path)
    return ORDER.get(spec.pattern, len(ORDER)) if spec else len(ORDER)


def _question(
    path: str, stage: int, results: Results, judge: Judge, possible: tuple[str, str]
) -> Question:
    spec = spec_for(path)
    if spec is None:
        return Question(
            path,
            f"Tell us about {path}.",
            "A rule in force reads it.",
            possible,
            "requester",
            stage,
        )
    settled = _settles(path, spec, results, judge)
    return Question(path, spec.ask, spec.why, settled or possible, spec.asked_of, stage)


def _settles(path: str, spec: FactSpec, results: Results, judge: Judge) -> tuple[str, ...]:
    answers = answers_to(spec, results.exposure.law, results.program)
    if len(answers) > _MOST_ANSWERS:
        return ()
    supposed = (with_fact(results.exposure.facts, path, value) for value in answers)
    outcomes = {judge(facts) for facts in supposed if facts is not None}
    return tuple(sorted(outcomes, key=lambda outcome: (rank(outcome) < 0, rank(outcome), outcome)))
