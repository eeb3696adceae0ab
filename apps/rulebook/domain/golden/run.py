"""Runs the golden cases of a folder against an edition and counts what passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from apps.engine.answers import Determination
from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.refusal import Refusal, Refusals
from apps.engine.truth import FALSE, TRUE
from apps.rulebook.domain.golden.cases import GoldenCase, UnreadCase, read_cases
from apps.rulebook.domain.golden.compare import Failure, compare
from apps.rulebook.domain.reading import read_yaml_file

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case went; `outcome` is None where it could not be determined."""

    id: str
    name: str
    file: str
    outcome: str | None
    open: int | None
    failures: tuple[Failure, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the case is as expected in everything."""
        return not self.failures and not self.refusals

    def as_dict(self) -> dict[str, object]:
        """The case as formats, section 5 has it."""
        return {
            "id": self.id,
            "name": self.name,
            "file": self.file,
            "passed": self.passed,
            "overall": {"outcome": self.outcome, "open": self.open},
            "failures": [failure.as_dict() for failure in self.failures],
        }


@dataclass(slots=True)
class Run:
    """A run over many cases: their results, and which rules fired or stayed silent in them."""

    cases: list[CaseResult] = field(default_factory=list)
    hit: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    @property
    def failed(self) -> int:
        """How many cases did not pass, unread ones included."""
        return sum(not case.passed for case in self.cases)

    @property
    def refusals(self) -> list[Refusal]:
        """Everything that could not be read or determined."""
        return [refusal for case in self.cases for refusal in case.refusals]

    def as_result(self) -> dict[str, object]:
        """The `result` of formats, section 5."""
        return {
            "passed": len(self.cases) - self.failed,
            "failed": self.failed,
            "cases": [case.as_dict() for case in self.cases],
            "rules_without_hit": sorted(self.rules - self.hit),
            "rules_without_miss": sorted(self.rules - self.missed),
        }


def run_golden(path: Path, edition: Edition, *, regime: str = "") -> Run:
    """Run every case below `path`, a file or a folder, in order of name.

    With `regime`, only the cases that speak of it, and of the rules only its own.
    """
    run = Run(rules={rule.id for rule in edition.rules if regime in ("", rule.regime)})
    for case in read_golden(path, edition):
        if not regime or regime in case.regimes or not case.regimes:
            run.cases.append(
                _unread(case) if isinstance(case, UnreadCase) else _run(case, edition, run)
            )
    return run


def read_golden(path: Path, edition: Edition) -> Iterator[GoldenCase | UnreadCase]:
    """Every case below a file or folder, in order of name; a file that cannot be read is one."""
    for file, name in _files(path):
        try:
            document = read_yaml_file(file, file=name)
        except Refusals as refused:
            yield UnreadCase("", "", name, refused.items)
        else:
            yield from read_cases(document, edition.vocabulary)


def _files(path: Path) -> Iterable[tuple[Path, str]]:
    """Files with the name they are known by: relative, so that no answer tells where they lie."""
    try:
        if not path.is_dir():
            return [(path, path.name)] if path.exists() else []
    except OSError:  # a name no file can have, or a folder that lets nobody in
        return []
    found = (part for part in path.rglob("*") if part.suffix in ENDINGS and part.is_file())
    return sorted(((part, part.relative_to(path).as_posix()) for part in found), key=_by_name)


def _by_name(file: tuple[Path, str]) -> str:
    return file[1]


def _unread(case: UnreadCase) -> CaseResult:
    return CaseResult(case.id, case.name, case.file, None, None, (), case.refusals)


def _run(case: GoldenCase, edition: Edition, run: Run) -> CaseResult:
    try:
        found = determine(case.facts, edition, on=case.on, regimes=case.regimes)
    except (Refusal, Refusals) as refused:
        items = refused.items if isinstance(refused, Refusals) else (refused,)
        placed = tuple(item.at(file=case.file, line=item.line) for item in items)
        return CaseResult(case.id, case.name, case.file, None, None, (), placed)
    _note_rules(found, run)
    failures = compare(found, case.expect, case.overall)
    return CaseResult(case.id, case.name, case.file, found.outcome, found.open, failures)


def _note_rules(found: Determination, run: Run) -> None:
    for exposure in found.exposures:
        for answer in exposure.regimes:
            for ready, truth in zip(
                answer.results.program.ready, answer.results.truths, strict=True
            ):
                if truth == TRUE:
                    run.hit.add(ready.rule.id)
                elif truth == FALSE:
                    run.missed.add(ready.rule.id)
