"""The questions a case leaves open: which facts could still change an outcome, best first, and
what each settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from apps.engine.conclude import Conclusion
from apps.engine.evaluate import Results
from apps.engine.facts import shapes
from apps.engine.facts.registry import ORDER, spec_for
from apps.engine.facts.spec import FactSpec
from apps.engine.facts.tree import Fact, Facts, Fields
from apps.engine.facts.types import Flag, OneOf
from apps.engine.law import Law
from apps.engine.outcomes import rank
from apps.engine.trace import missing_facts

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


def open_questions(results: Results, conclusion: Conclusion, judge: Judge) -> tuple[Question, ...]:
    """The questions of one exposure and regime, best first: by stage, then by the order of the
    registry.
    """
    found: dict[str, int] = {}
    for place in conclusion.pivotal:
        rule = results.program.ready[place].rule
        for path in missing_facts(results.exposure, rule.when):
            found[path] = min(found.get(path, rule.stage_place), rule.stage_place)
    ordered = sorted(found.items(), key=lambda item: (item[1], _order(item[0]), item[0]))
    possible = conclusion.possible or (conclusion.outcome, conclusion.outcome)
    return tuple(_question(path, stage, results, judge, possible) for path, stage in ordered)


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
    facts = results.exposure.facts
    outcomes: dict[str, None] = {}
    for value in _values(spec, results.exposure.law):
        changed = with_fact(facts, path, value)
        if changed is not None:
            outcomes.setdefault(judge(changed))
    return tuple(sorted(outcomes, key=lambda outcome: (rank(outcome) < 0, rank(outcome), outcome)))


def _values(spec: FactSpec, law: Law) -> Iterable[object]:
    kind = spec.type
    if isinstance(kind, Flag):
        return (False, True)
    if isinstance(kind, OneOf):
        return kind.values
    if isinstance(kind, shapes.ListOf) and isinstance(kind.of, OneOf):
        return ((), *((value,) for value in kind.of.values))
    if isinstance(kind, shapes.Nationalities):
        empty: tuple[object, ...] = () if spec.field == "citizenships" else ((),)
        return (*empty, *(({"country": country},) for country in country_classes(law)))
    return ()


def country_classes(law: Law) -> tuple[str, ...]:
    """One country for each way in which the tables of the edition can treat a country."""
    found = law.memo.get("country classes")
    if not isinstance(found, tuple):
        found = law.memo["country classes"] = _classes(law)
    return found


def _classes(law: Law) -> tuple[str, ...]:
    tables = law.tables
    treated: dict[str, list[str]] = {country: [] for country in tables.countries}
    for (country, group), member in sorted(tables.groups.items()):
        treated.setdefault(country, []).append(f"{group}={member.member}")
    for (regime, country, column), mark in sorted(tables.chart.items()):
        treated.setdefault(country, []).append(f"{regime}.{column}={mark.marked}")
    classes: dict[tuple[str, ...], str] = {}
    for country in sorted(treated):
        classes.setdefault(tuple(treated[country]), country)
    return tuple(sorted(classes.values()))


def with_fact(facts: Facts, path: str, value: object) -> Facts | None:
    """The same facts with one of them known otherwise; None where the path names nothing that is
    there.
    """
    block, _, rest = path.partition(".")
    told = Fact(value, "supposed")
    if block == "activity":
        return replace(facts, activity={**facts.activity, rest: told})
    name, _, field = rest.partition(".")
    if block == "releases":
        return replace(
            facts,
            releases=tuple(_with_release(release, name, field, told) for release in facts.releases),
        )
    if block == "papers":
        papers = [dict(paper) for paper in facts.papers or () if paper["kind"].value != name]
        return replace(facts, papers=(*papers, {"kind": Fact(name), field: told}))
    mine: Mapping[str, Fields] = facts.block(block)
    if name not in mine:
        return None
    changed = {**mine, name: {**mine[name], field: told}}
    if block == "people":
        return replace(facts, people=changed)
    return (
        replace(facts, organisations=changed)
        if block == "organisations"
        else replace(facts, items=changed)
    )


def _with_release(release: Fields, name: str, field: str, told: Fact) -> Fields:
    return {**release, field: told} if "id" in release and release["id"].value == name else release
