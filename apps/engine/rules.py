"""Rules of an edition: read from their written form, type-checked against the registry, compiled
to trees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apps.engine.conditions import compile_condition
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Node, leaves_of
from apps.engine.facts.registry import NATIONALITY_FACTS
from apps.engine.facts.types import Vocabulary
from apps.engine.outcomes import KINDS, NO_LICENCE, UNDETERMINED, is_outcome
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
UNVERIFIED: Final = "unverified"
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
    def unverified(self) -> bool:
        """Whether what it says is to be confirmed by a person."""
        return self.confidence == UNVERIFIED


def parse_rules(
    rows: Iterable[RuleRow], *, vocabulary: Vocabulary, groups: frozenset[str]
) -> tuple[Rule, ...]:
    """The rules of an edition by regime, stage and id. Raises Refusals with every fault."""
    found: list[Refusal] = []
    parsed: dict[str, Rule] = {}
    for row in rows:
        mine: list[Refusal] = []
        rule = _Writing(row, Bench(row.regime, vocabulary, groups, mine.append)).parse()
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
        stage, outcome = self._word("stage"), self._word("outcome", NO_LICENCE)
        if stage not in STAGES:
            self._bench.no(
                "wrong_value",
                "There is no such stage.",
                "stage",
                found=stage,
                valid=", ".join(STAGES),
            )
        if not is_outcome(outcome):
            self._bench.no(
                "wrong_value",
                "This is not an outcome.",
                "outcome",
                found=outcome,
                valid="an outcome",
            )
        when = compile_condition(self._document.get("when"), "when", self._bench)
        terms = self._terms()
        if when is None or stage not in STAGES or not is_outcome(outcome):
            return None
        self._check_nationality(when)
        source, because = self._map("source"), self._map("because")
        return Rule(
            id=self._row.id,
            pack=self._row.pack,
            regime=self._row.regime,
            title=self._word("title", self._row.id),
            stage=stage,
            when=when,
            outcome=outcome,
            kind=self._kind(),
            overcomes=frozenset(self._words("overcomes")),
            terms=terms,
            demands=self._word("demands"),
            reach=self._word("reach", "technology"),
            preference=int(str(self._document.get("preference", 50))),
            citation=str(source.get("citation", "")),
            read=str(source.get("read", "")),
            confidence=str(source.get("confidence", UNVERIFIED)),
            fired=str(because.get("fired", "")),
            silent=str(because.get("silent", "")),
            lever=self._lever(),
            possible=self._possible(),
        )

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
        if str(lever.get("sets", "")).rpartition(".")[2] in NOT_TO_BE_CHANGED:
            self._bench.no(
                "lever_on_a_person",
                "Who somebody is can never be what has to change.",
                "lever.sets",
                found=lever.get("sets"),
                remedy="Name a thing the requester can do.",
            )
        return lever or None

    def _kind(self) -> str:
        kind = self._word("kind")
        if kind and kind not in KINDS:
            self._bench.no(
                "wrong_value", "There is no such kind.", "kind", found=kind, valid=", ".join(KINDS)
            )
        return kind

    def _possible(self) -> tuple[str, str]:
        words = self._words("possible") or [NO_LICENCE, "licence_required"]
        return (words[0], words[-1])

    def _terms(self) -> tuple[Term, ...]:
        raw = self._document.get("conditions", [])
        if not isinstance(raw, list):
            self._bench.no(
                "wrong_type", "conditions is a list.", "conditions", found=raw, valid="a list"
            )
            return ()
        return tuple(self._term(part, f"conditions[{place}]") for place, part in enumerate(raw))

    def _term(self, raw: object, where: str) -> Term:
        part = raw if isinstance(raw, Mapping) else {}
        name = str(part.get("id", ""))
        met = compile_condition(part["met"], f"{where}.met", self._bench) if "met" in part else None
        refused = {
            "any_of": {
                "of": "papers",
                "where": {"all": [{"is": ["kind", name]}, {"is": ["refused", True]}]},
            }
        }
        return Term(
            name,
            str(part.get("text", "")),
            str(part.get("due", "before_release")),
            met,
            compile_condition(refused, f"{where}.refused", self._bench)
            if met is not None
            else None,
        )

    def _check_nationality(self, when: Node) -> None:
        reads = any(leaf.nationality for leaf in leaves_of(when))
        if reads and not str(self._map("reads_nationality").get("legal_basis", "")):
            self._bench.no(
                "nationality_without_basis",
                "This rule reads nationality without a legal basis.",
                "when",
                valid="reads_nationality with its legal_basis",
                remedy="State the legal basis, or do not read nationality.",
            )
