"""What a determination answers: per exposure and regime, and of the whole case, ready to print and
to keep.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from apps.engine.conclude import Conclusion
from apps.engine.conditions.tree import leaves_of, plain
from apps.engine.edition import Edition
from apps.engine.evaluate import NOT_REACHED, Results
from apps.engine.facts.tree import Facts, Fields
from apps.engine.levers import Lever, levers_of
from apps.engine.outcomes import KINDS, NEEDS_INFORMATION, NO_LICENCE, rank, strictest
from apps.engine.questions import Judge, Question, open_questions
from apps.engine.relevance import Open
from apps.engine.tier import tier_of
from apps.engine.trace import Expansion, RuleTrace
from apps.engine.truth import FALSE

_LOOK_UPS: Final = ("country_in", "threshold")  # with reasons: what meets rows to be confirmed


@dataclass(frozen=True)
class Change:
    """A day inside the release window from which the outcome is another one, by law already on
    file.
    """

    on: str
    outcome: str
    because: str

    def as_dict(self) -> dict[str, object]:
        """The change as formats, section 5 has it."""
        return {"on": self.on, "outcome": self.outcome, "because": self.because}


@dataclass(frozen=True)
class RegimeAnswer:
    """The answer of one regime for one exposure; trace and questions are drawn only when asked
    for.
    """

    results: Results
    conclusion: Conclusion
    judge: Judge = field(repr=False)
    open_of: Open = field(repr=False)
    look_ahead: Callable[[], tuple[Change, ...]] = field(repr=False)

    @property
    def regime(self) -> str:
        """The regime that answers."""
        return self.results.program.regime

    @property
    def outcome(self) -> str:
        """One of the outcomes of the contract."""
        return self.conclusion.outcome

    @property
    def kind(self) -> str:
        """What the regime would demand: licence, certificate, attestation, funding or report."""
        by = self.conclusion.verdict.by
        own = self.results.program.ready[by].rule.kind if by >= 0 else ""
        row = self.results.exposure.law.tables.regimes.get(self.regime)
        return own or (row.kind if row else KINDS[0])

    @property
    def possible(self) -> tuple[str, str] | None:
        """Best and worst outcome that can still follow, where it is open."""
        return self.conclusion.possible

    @property
    def conditions(self) -> list[dict[str, object]]:
        """What must be there: for the exception that is named, and beside any outcome."""
        verdict, open_terms = self.conclusion.verdict, list(self.conclusion.duties)
        if self.outcome == verdict.outcome:
            open_terms = [*((verdict.by, number) for number in verdict.open_terms), *open_terms]
        return [self._condition(place, number) for place, number in open_terms]

    def _condition(self, place: int, number: int) -> dict[str, object]:
        rule = self.results.program.ready[place].rule
        term = rule.terms[number]
        return {"id": term.id, "text": term.text, "due": term.due, "citation": rule.citation}

    @property
    def alternatives(self) -> list[str]:
        """Other exceptions that are open."""
        return (
            list(self.conclusion.verdict.alternatives)
            if self.outcome == self.conclusion.verdict.outcome
            else []
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open questions, best first; none unless information is needed."""
        if self.outcome != NEEDS_INFORMATION:
            return ()
        return open_questions(self.results, self.conclusion, judge=self.judge, open_of=self.open_of)

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """What a requester may change, and what it would lead to."""
        if 0 <= rank(self.outcome) <= rank(NO_LICENCE):
            return ()
        return levers_of(self.results, self.outcome, self.judge)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """When the outcome changes inside the window."""
        return self.look_ahead()

    @cached_property
    def rules(self) -> tuple[RuleTrace, ...]:
        """Every rule of the regime, with its trace."""
        return Expansion(self.results).rules()

    @cached_property
    def to_confirm(self) -> list[str]:
        """Rules and rows the outcome relies on that a person has still to confirm."""
        found: dict[str, None] = {}
        for place, ready in enumerate(self.results.program.ready):
            if self.results.truths[place] in (FALSE, NOT_REACHED):
                continue
            if ready.rule.unverified:
                found.setdefault(ready.rule.id)
            for leaf in leaves_of(ready.rule.when):
                if leaf.test is not None or leaf.op in _LOOK_UPS:
                    found.update(dict.fromkeys(leaf.look(self.results.exposure).to_confirm))
        return sorted(found)

    def as_dict(self) -> dict[str, object]:
        """The answer as formats, section 5 has it."""
        return {
            "regime": self.regime,
            "outcome": self.outcome,
            "kind": self.kind,
            "possible": list(self.possible) if self.possible else None,
            "conditions": self.conditions,
            "alternatives": self.alternatives,
            "to_confirm": self.to_confirm,
            "changes": [change.as_dict() for change in self.changes],
            "questions": [question.as_dict() for question in self.questions],
            "levers": [lever.as_dict() for lever in self.levers],
            "rules": [rule.as_dict() for rule in self.rules],
        }

    def record(self) -> dict[str, object]:
        """The answer by position: truths of the rules, then of every node, beside facts and
        edition.
        """
        return {
            "regime": self.regime,
            "outcome": self.outcome,
            "possible": list(self.possible) if self.possible else None,
            "conditions": [str(term["id"]) for term in self.conditions],
            "truths": bytes(self.results.truths).hex(),
            "trace": base64.b64encode(self.results.trace).decode("ascii"),
        }


@dataclass(frozen=True)
class ExposureAnswer:
    """One exposure with the answer of every regime."""

    key: str
    release: str
    who: str
    what: str
    regimes: tuple[RegimeAnswer, ...]

    @property
    def outcome(self) -> str:
        """The strictest known outcome of the exposure."""
        return strictest([answer.outcome for answer in self.regimes])

    def as_dict(self) -> dict[str, object]:
        """The exposure as formats, section 5 has it."""
        return {
            "key": self.key,
            "release": self.release,
            "who": self.who,
            "what": self.what,
            "regimes": [answer.as_dict() for answer in self.regimes],
        }


@dataclass(frozen=True)
class Determination:
    """The determination of a case under one edition on one day."""

    facts: Facts
    edition: Edition
    exposures: tuple[ExposureAnswer, ...]
    lists: tuple[str, ...] = ()

    @cached_property
    def _cells(self) -> tuple[RegimeAnswer, ...]:
        return tuple(answer for exposure in self.exposures for answer in exposure.regimes)

    @cached_property
    def outcome(self) -> str:
        """The strictest known outcome of the whole case."""
        return strictest([cell.outcome for cell in self._cells])

    @cached_property
    def open(self) -> int:
        """How many cells are open."""
        return sum(rank(cell.outcome) < 0 for cell in self._cells)

    @cached_property
    def tier(self) -> str:
        """T0 to T4."""
        return tier_of(
            [cell.outcome for cell in self._cells],
            self.facts,
            to_confirm=lambda: any(cell.conditions or cell.to_confirm for cell in self._cells),
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All open questions, best first, each fact once."""
        found: dict[str, Question] = {}
        for cell in self._cells:
            for question in cell.questions:
                found.setdefault(question.fact, question)
        return tuple(sorted(found.values(), key=lambda question: question.stage))

    @cached_property
    def consulted(self) -> dict[str, list[str]]:
        """The rules and rows of the edition, and the lists, that the determination looked at."""
        rules: set[str] = set()
        rows: set[str] = set()
        for cell in self._cells:
            for place, ready in enumerate(cell.results.program.ready):
                if cell.results.truths[place] != NOT_REACHED:
                    rules.add(ready.rule.id)
                    for leaf in leaves_of(ready.rule.when):
                        rows.update(leaf.look(cell.results.exposure).rows)
        return {"rules": sorted(rules), "rows": sorted(rows), "lists": sorted(self.lists)}

    def record(self) -> dict[str, object]:
        """What is kept: outcomes and positional traces, replayed from facts and edition."""
        return {
            "on": self.edition.on.isoformat(),
            "edition": {"id": self.edition.id, "digest": self.edition.digest},
            "outcome": self.outcome,
            "open": self.open,
            "tier": self.tier,
            "exposures": [
                {"key": exposure.key, "regimes": [answer.record() for answer in exposure.regimes]}
                for exposure in self.exposures
            ],
        }

    @cached_property
    def digest(self) -> str:
        """sha256 over facts and record: equal input gives the equal digest."""
        return digest_of({"facts": facts_as_plain(self.facts), "record": self.record()})

    def as_result(self) -> dict[str, object]:
        """The `result` of formats, section 5; the route is added by who knows the offices."""
        return {
            "outcome": self.outcome,
            "open": self.open,
            "tier": self.tier,
            "route": {"office": "", "desk": "", "why": []},
            "digest": self.digest,
            "exposures": [exposure.as_dict() for exposure in self.exposures],
            "recognised": [],
            "consulted": self.consulted,
        }


def digest_of(value: object) -> str:
    """sha256 of the canonical JSON of a plain value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def facts_as_plain(facts: Facts) -> dict[str, object]:
    """The tree of facts as JSON can hold it."""

    def fields(known: Fields) -> object:
        return {
            name: [plain(fact.value), fact.source, fact.as_of.isoformat() if fact.as_of else ""]
            for name, fact in sorted(known.items())
        }

    return {
        "people": {key: fields(value) for key, value in sorted(facts.people.items())},
        "organisations": {key: fields(value) for key, value in sorted(facts.organisations.items())},
        "items": {key: fields(value) for key, value in sorted(facts.items.items())},
        "activity": fields(facts.activity),
        "releases": [fields(release) for release in facts.releases],
        "papers": None if facts.papers is None else [fields(paper) for paper in facts.papers],
    }
