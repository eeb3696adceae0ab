"""The rulebook on disk: tables, sources, charters and rule packs of a folder, read as one whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import CharterRow, Rows, RuleRow, Source
from apps.rulebook.domain import tables
from apps.rulebook.domain.cells import Layout, Line, read_lines
from apps.rulebook.domain.charters import read_charters
from apps.rulebook.domain.checks import Finding, check_rows, errors
from apps.rulebook.domain.document import Document
from apps.rulebook.domain.expectations import Expectations, read_expectations
from apps.rulebook.domain.head import read_head
from apps.rulebook.domain.reading import read_yaml_file
from apps.rulebook.domain.rule_files import read_rules
from apps.rulebook.domain.sources import read_sources

_NOT_RULES = ("edition.yaml", "sources.yaml", "charters.yaml", "checks.yaml")
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a folder holds: the edition it makes, its rows, and what the checks say of them."""

    id: str  # of the edition: "2026-11-a"
    since: date  # the first day on which it decides
    rows: Rows
    warnings: tuple[Finding, ...]


def read_rulebook(folder: Path) -> Rows:
    """Everything an edition is compiled from, read from `folder`, without a database.

    Raises Refusals with all faults found: nothing is read in part.
    """
    return read_folder(folder).rows


def read_folder(folder: Path) -> Rulebook:
    """The rulebook of a folder, checked as a whole.

    `edition.yaml`, `sources.yaml`, `charters.yaml`, `checks.yaml` and `tables/*.csv`; every other
    YAML file below the folder is a rules file. Raises Refusals with all faults found.
    """
    reading = _Folder(folder, [])
    rows, expected, head = _rows(reading), reading.expectations(), reading.head()
    if reading.refusals:
        raise Refusals(reading.refusals)
    findings = check_rows(rows, expected)
    refused = errors(findings)
    if refused:
        raise Refusals(refused)
    return Rulebook(*head, rows, findings)


def _rows(reading: _Folder) -> Rows:
    sources = reading.sources()
    return Rows(
        countries=tuple(reading.several("countries", tables.COUNTRIES, sources, tables.countries)),
        groups=tuple(reading.several("groups", tables.GROUPS, sources, tables.groups)),
        chart=tuple(reading.several("chart", tables.CHART, sources, tables.chart)),
        items=tuple(reading.several("items", tables.ITEMS, sources, tables.items)),
        reasons=tuple(reading.several("reasons", tables.REASONS, sources, tables.reasons)),
        destinations=tuple(
            reading.several("destinations", tables.DESTINATIONS, sources, tables.destinations)
        ),
        thresholds=tuple(
            reading.several("thresholds", tables.THRESHOLDS, sources, tables.thresholds)
        ),
        regimes=tuple(reading.several("regimes", tables.REGIMES, sources, tables.regimes)),
        charters=reading.charters(sources),
        rules=tuple(reading.rules()),
    )


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder being read and what was refused in it so far."""

    path: Path
    refusals: list[Refusal]

    def several(
        self,
        name: str,
        layout: Layout,
        sources: Mapping[str, Source],
        build: Callable[[Iterable[Line]], Iterator[_Row]],
    ) -> Iterator[_Row]:
        """The rows of `name.csv` and of every `name-*.csv`; at least one must be there."""
        folder = self.path / "tables"
        paths = sorted({*folder.glob(f"{name}.csv"), *folder.glob(f"{name}-*.csv")})
        for path in paths or [folder / f"{name}.csv"]:
            yield from build(self._lines(path, layout, sources))

    def sources(self) -> Mapping[str, Source]:
        document = self._document(self.path / "sources.yaml")
        return read_sources(document, self.refusals) if document else {}

    def head(self) -> tuple[str, date]:
        """The id of the edition, and the first day on which it decides."""
        document = self._document(self.path / "edition.yaml")
        return read_head(document, self.refusals) if document else ("", date.min)

    def expectations(self) -> Expectations:
        document = self._document(self.path / "checks.yaml")
        return read_expectations(document, self.refusals) if document else Expectations()

    def charters(self, sources: Mapping[str, Source]) -> tuple[CharterRow, ...]:
        document = self._document(self.path / "charters.yaml")
        return read_charters(document, sources=sources, refusals=self.refusals) if document else ()

    def rules(self) -> Iterator[RuleRow]:
        """The rules of every pack, in order of file name; an id stands once."""
        seen: dict[str, str] = {}
        for path in sorted(self.path.rglob("*.yaml")):
            if path.parent == self.path and path.name in _NOT_RULES:
                continue
            document = self._document(path)
            for rule in read_rules(document, self.refusals) if document else ():
                if rule.id in seen:
                    self.refusals.append(_twice(rule, seen[rule.id]))
                seen[rule.id] = rule.file
                yield rule

    def _lines(self, path: Path, layout: Layout, sources: Mapping[str, Source]) -> Iterator[Line]:
        return read_lines(
            path, file=self._name(path), layout=layout, sources=sources, refusals=self.refusals
        )

    def _document(self, path: Path) -> Document | None:
        try:
            return read_yaml_file(path, file=self._name(path))
        except Refusals as refused:
            self.refusals.extend(refused.items)
            return None

    def _name(self, path: Path) -> str:
        return path.relative_to(self.path).as_posix()


def _twice(rule: RuleRow, first: str) -> Refusal:
    return Refusal(
        code="duplicate_id",
        what=f"The rule {rule.id} is written twice; first in {first}.",
        where="id",
        found=rule.id,
        remedy="Give one of the two another id.",
        file=rule.file,
        line=rule.line,
    )
