"""Rules of an edition: read from their written form, type-checked against the registry, compiled
to trees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apps.engine.conditions import compile_condition
from apps.engine.conditions.paths import compile_path
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Node, leaves_of
from apps.engine.facts.registry import NATIONALITY_FACTS
from apps.engine.facts.types import Reading, Vocabulary
from apps.engine.law import UNVERIFIED
from apps.engine.outcomes import (
    AUTHORISED,
    DENIAL,
    EXCEPTION,
    EXCLUDED,
    KINDS,
    LICENCE,
    NO_LICENCE,
    PROHIBITED,
    UNDETERMINED,
    is_outcome,
    rank,
)
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import RuleRow

STAGES: Final = (
    "jurisdiction",
    "technology",
    "act",
    "person",
    "requirements",
    "authorisations",
    "recognition",
    "policy",
)
CLOSING: Final = frozenset({"jurisdiction", "technology", "act", "person"})
_LEADS_TO: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(CLOSING, (EXCLUDED, NO_LICENCE, UNDETERMINED)),
    "requirements": (NO_LICENCE, LICENCE, DENIAL, PROHIBITED, UNDETERMINED),
    "authorisations": (AUTHORISED, EXCEPTION, UNDETERMINED),
    "policy": (LICENCE, DENIAL, PROHIBITED, UNDETERMINED),
}
_DEMANDS: Final = ("", "chart", "destination", "any")
_REACHES: Final = ("technology", "case")
_CHANGEABLE: Final = (
    "activity.",
    "papers.",
    "exposure.item.",
    "exposure.release.",
    "exposure.person.",
)
NOT_TO_BE_CHANGED: Final = NATIONALITY_FACTS | {"hits", "foreign_person", "who"}


@dataclass(frozen=True, slots=True)
class Term:
    """An open condition of an authorisation: what must be there before the release."""

    id: str
    text: str
    due: str
    met: Node | None
    refused: Node | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force, ready to be evaluated."""

    id: str
    pack: str
    regime: str
    title: str
    stage: str
    when: Node
    outcome: str
    kind: str
    overcomes: frozenset[str]
    terms: tuple[Term, ...]
    demands: str  # "", or which look-up names the reasons demanded: chart, destination, any
    reach: str  # technology: ends with the technology branch; case: runs for every case
    preference: int
    citation: str
    read: str
    confidence: str
    fired: str
    silent: str
    lever: Mapping[str, object] | None
    possible: tuple[str, str]

    @property
    def stage_place(self) -> int:
        """The place of the rule's stage in the order of tests."""
        return STAGES.index(self.stage)

    @property
    def is_closing(self) -> bool:
        """Whether the rule, when it fires, ends the technology branch."""
        return self.stage in CLOSING and self.outcome != UNDETERMINED

    @property
    def is_duty(self) -> bool:
        """Whether the rule asks for something beside the outcome and never changes it."""
        return self.stage == "requirements" and self.outcome == NO_LICENCE

    @property
    def is_demand(self) -> bool:
        """Whether the rule, where it holds, must be met or overcome."""
        if self.is_closing or self.is_duty:
            return False
        return self.stage != "authorisations" or self.outcome == UNDETERMINED

    @property
    def via(self) -> str:
        """Which look-up settles the reasons that are demanded; empty: any."""
        return "" if self.demands == "any" else self.demands

    @property
    def unverified(self) -> bool:
        """Whether what it says is to be confirmed by a person."""
        return self.confidence in UNVERIFIED


def parse_rules(
    rows: Iterable[RuleRow],
    *,
    vocabulary: Vocabulary,
    groups: frozenset[str],
    known: dict[int, Rule] | None = None,
) -> tuple[Rule, ...]:
    """The rules of an edition by regime, stage and id. Raises Refusals with every fault.

    `known` keeps the rules of the same edition that were read for another day, by their row.
    """
    known = {} if known is None else known
    found: list[Refusal] = []
    parsed: dict[str, Rule] = {}
    for row in rows:
        mine: list[Refusal] = []
        rule = known.get(id(row))
        if rule is None:
            rule = _Writing(row, Bench(row.regime, vocabulary, groups, mine.append)).parse()
            if rule is not None and not mine:
                known[id(row)] = rule
        if row.id in parsed:
            mine.append(
                Refusal(
                    "duplicate_rule",
                    f"Two rules in force are called {row.id}.",
                    "id",
                    "End one of them before the other begins.",
                    row.id,
                )
            )
        found.extend(
            Refusal(
                no.code,
                no.what,
                f"{row.id}: {no.where}",
                no.remedy,
                no.found,
                no.valid,
                row.file,
                row.line,
            )
            for no in mine
        )
        if rule is not None:
            parsed[row.id] = rule
    if found:
        raise Refusals(found)
    return tuple(sorted(parsed.values(), key=lambda rule: (rule.regime, rule.stage_place, rule.id)))


class _Writing:
    """One rule as written, being read."""

    def __init__(self, row: RuleRow, bench: Bench) -> None:
        self._row = row
        self._document = row.document
        self._bench = bench

    def parse(self) -> Rule | None:
        stage = self._one_of("stage", STAGES)
        outcome = self._outcome(stage)
        when = compile_condition(self._document.get("when"), "when", self._bench)
        terms = self._terms()
        self._check_nationality(when, terms)
        kind = self._one_of("kind", ("", *KINDS), "")
        demands = self._one_of("demands", _DEMANDS, "")
        reach = self._one_of("reach", _REACHES, _REACHES[0])
        preference, lever, possible = self._preference(), self._lever(), self._possible()
        if when is None or not stage:
            return None
        source, because = self._map("source"), self._map("because")
        return Rule(
            id=self._row.id,
            pack=self._row.pack,
            regime=self._row.regime,
            title=self._word("title", self._row.id),
            stage=stage,
            when=when,
            outcome=outcome,
            kind=kind,
            overcomes=frozenset(self._words("overcomes")),
            terms=terms,
            demands=demands,
            reach=reach,
            preference=preference,
            citation=str(source.get("citation", "")),
            read=str(source.get("read", "")),
            confidence=str(source.get("confidence", "unverified")),
            fired=str(because.get("fired", "")),
            silent=str(because.get("silent", "")),
            lever=lever,
            possible=possible,
        )

    def _one_of(self, key: str, valid: tuple[str, ...], otherwise: str | None = None) -> str:
        """The word under a key, which must be one of the valid ones; empty where it is not."""
        word = self._document.get(key, otherwise)
        if isinstance(word, str) and word in valid:
            return word
        words = ", ".join(part for part in valid if part)
        what = f"This is not a {key} of a rule."
        self._bench.no("wrong_value", what, key, found=word, valid=words)
        return ""

    def _outcome(self, stage: str) -> str:
        """The outcome, which must be one a rule of the stage can lead to."""
        closing = stage in CLOSING
        outcome = self._word("outcome", NO_LICENCE if closing else "")
        able = _LEADS_TO.get(stage)
        if not is_outcome(outcome) or (able and outcome.partition(":")[0] not in able):
            valid = ", ".join(able) if able else "an outcome"
            what = "A rule of this stage cannot lead there."
            self._bench.no("wrong_value", what, "outcome", found=outcome, valid=valid)
        return outcome

    def _preference(self) -> int:
        raw = self._document.get("preference", 50)
        if str(raw).isdecimal():
            return int(str(raw))
        what, valid = "A preference is a whole number.", "a whole number"
        self._bench.no("wrong_type", what, "preference", found=raw, valid=valid)
        return 0

    def _word(self, key: str, otherwise: str = "") -> str:
        return str(self._document.get(key, otherwise))

    def _words(self, key: str) -> list[str]:
        raw = self._document.get(key, [])
        return [str(part) for part in raw] if isinstance(raw, list) else [str(raw)]

    def _map(self, key: str) -> Mapping[str, object]:
        raw = self._document.get(key, {})
        return raw if isinstance(raw, Mapping) else {}

    def _lever(self) -> Mapping[str, object] | None:
        lever = self._map("lever")
        if not lever:
            return None
        sets = str(lever.get("sets", ""))
        if sets.rpartition(".")[2] in NOT_TO_BE_CHANGED:
            self._bench.no(
                "lever_on_a_person",
                "Who somebody is can never be what has to change.",
                "lever.sets",
                found=sets,
                remedy="Name a thing the requester can do.",
            )
            return None
        path = compile_path(sets, regime=self._row.regime)
        fixed = sets.endswith((".id", ".what"))  # another release, not a change of this one
        if fixed or path is None or path.spec is None or not sets.startswith(_CHANGEABLE):
            what = "This is no fact a requester can change."
            valid = ", ".join(f"{part}FACT" for part in _CHANGEABLE)
            self._bench.no("unknown_fact", what, "lever.sets", found=sets, valid=valid)
            return None
        reading = Reading(self._bench.vocabulary, self._bench.refuse)
        path.type.read(lever.get("to"), "lever.to", reading)
        return lever

    def _possible(self) -> tuple[str, str]:
        words = self._words("possible") or [NO_LICENCE, LICENCE]
        best, worst = words[0], words[-1]
        if not 0 <= rank(best) <= rank(worst):
            valid = "[best outcome, worst outcome]"
            what = "These are not the best and the worst outcome."
            self._bench.no("wrong_value", what, "possible", found=words, valid=valid)
        return best, worst

    def _terms(self) -> tuple[Term, ...]:
        raw = self._document.get("conditions", [])
        if not isinstance(raw, list):
            what = "conditions is a list."
            self._bench.no("wrong_type", what, "conditions", found=raw, valid="a list")
            return ()
        terms = (self._term(part, f"conditions[{place}]") for place, part in enumerate(raw))
        return tuple(term for term in terms if term is not None)

    def _term(self, raw: object, where: str) -> Term | None:
        if not isinstance(raw, Mapping):
            what = "A condition is a block of id and text."
            self._bench.no("wrong_type", what, where, found=raw, valid="id, text, met, due")
            return None
        if not self._bench.keys(raw, where, needed=("id", "text"), may=("met", "due")):
            return None
        name, met, refused = str(raw["id"]), None, None
        if "met" in raw:
            met = compile_condition(raw["met"], f"{where}.met", self._bench)
            papers = {"all": [{"is": ["kind", name]}, {"is": ["refused", True]}]}
            taken_away = {"any_of": {"of": "papers", "where": papers}}
            refused = compile_condition(taken_away, f"{where}.refused", self._bench)
        due = str(raw.get("due", "before_release"))
        return Term(name, str(raw["text"]), due, met, refused)

    def _check_nationality(self, when: Node | None, terms: tuple[Term, ...]) -> None:
        nodes = (when, *(term.met for term in terms))
        reads = any(leaf.nationality for node in nodes if node for leaf in leaves_of(node))
        if reads and not str(self._map("reads_nationality").get("legal_basis", "")):
            self._bench.no(
                "nationality_without_basis",
                "This rule reads nationality without a legal basis.",
                "when",
                valid="reads_nationality with its legal_basis",
                remedy="State the legal basis, or do not read nationality.",
            )
