"""Tables of the rulebook on disk: comma-separated lines, read cell by cell, every fault placed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from apps.engine.refusal import Refusal
from apps.engine.rows import Period, Source
from apps.rulebook.domain.days import day_after, read_day

LARGEST = 4_000_000  # bytes of one table
_THREE: Mapping[str, bool | None] = {"yes": True, "no": False, "?": None}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns a table begins with; `more` lets named ones follow, such as those of a chart."""

    columns: tuple[str, ...]
    more: bool = False

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header line is one of this layout, no column twice."""
        begins = tuple(header[: len(self.columns)]) == self.columns
        length = self.more or len(header) == len(self.columns)
        return begins and length and len(set(header)) == len(header)


@dataclass(slots=True)
class Line:
    """One line of a table. A cell that cannot be read notes a refusal and answers empty."""

    file: str
    number: int
    cells: dict[str, str]
    sources: Mapping[str, Source]
    refusals: list[Refusal]

    def refuse(self, column: str, *, valid: str) -> None:
        """Note that a cell cannot be read."""
        found = self.cells.get(column, "")
        self.refusals.append(
            Refusal(
                code="table_cell",
                what=f"{column} cannot be {found[:40] or 'empty'}.",
                where=column,
                found=found[:80],
                valid=valid,
                remedy=f"Write {valid}.",
                file=self.file,
                line=self.number,
            )
        )

    def text(self, column: str) -> str:
        """A text that must be there."""
        value = self.cells[column]
        if not value:
            self.refuse(column, valid="a text")
        return value

    def choice(self, column: str, choices: Sequence[str]) -> str:
        """One of a few words."""
        value = self.cells[column]
        if value not in choices:
            self.refuse(column, valid=", ".join(choices))
        return value

    def flag(self, column: str) -> bool:
        """`yes` or `no`."""
        return self.choice(column, ("yes", "no")) == "yes"

    def stated(self, column: str) -> bool | None:
        """`yes`, `no`, or `?` where the table itself does not say."""
        value = self.cells[column]
        if value not in _THREE:
            self.refuse(column, valid="yes, no or ?")
        return _THREE.get(value)

    def words(self, column: str) -> tuple[str, ...]:
        """Words between blanks."""
        return tuple(self.cells[column].split())

    def decimal(self, column: str) -> Decimal:
        """A plain decimal."""
        try:
            value = Decimal(self.cells[column])
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.refuse(column, valid="a decimal")
            return Decimal(0)
        return value

    def day(self, column: str) -> date | None:
        """A day, or None for an empty cell."""
        value = self.cells[column]
        if not value:
            return None
        found = read_day(value)
        if found is None:
            self.refuse(column, valid="a day such as 2026-11-22")
        return found

    def period(self) -> Period:
        """Columns `from` and `until`, both included; an empty cell is open."""
        return _period(self.day("from"), self.day("until"))

    def source(self) -> Source:
        """The source named by its id; a note in the line wins over the source's own."""
        name = self.cells["source"]
        if name not in self.sources:
            self.refuse("source", valid="the id of a source in sources.yaml")
            return Source("", "")
        note = self.cells.get("note", "")
        return _noted(self.sources[name], note) if note else self.sources[name]


def read_lines(
    path: Path,
    *,
    file: str,
    layout: Layout,
    sources: Mapping[str, Source],
    refusals: list[Refusal],
) -> Iterator[Line]:
    """The lines of a table that has a layout."""
    text = _text(path, file, refusals)
    if text is None:
        return
    lines = csv.reader(text.splitlines(), strict=True)
    header = next(lines, [])
    if not layout.fits(header):
        refusals.append(_header(file, header, layout.columns))
        return
    for number, cells in _numbered(lines, file, refusals):
        if len(cells) != len(header):
            refusals.append(_length(file, number, len(cells), len(header)))
        else:
            yield Line(file, number, dict(zip(header, cells, strict=True)), sources, refusals)


def _numbered(
    lines: Iterator[list[str]], file: str, refusals: list[Refusal]
) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for number, cells in enumerate(lines, start=2):
            yield number, cells
    except csv.Error as fault:
        what = f"This is not a table: {fault}."
        refusals.append(Refusal("table_syntax", what, file=file, line=number + 1))


@lru_cache(maxsize=1024)
def _noted(source: Source, note: str) -> Source:
    return replace(source, note=note)


@lru_cache(maxsize=1024)
def _period(since: date | None, last: date | None) -> Period:
    return Period(since, day_after(last) if last is not None else None)


def _text(path: Path, file: str, refusals: list[Refusal]) -> str | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) <= LARGEST:
            return data.decode("utf-8")
        reason = "larger than 4 MB"
    except OSError as fault:
        reason = fault.strerror or "unknown fault"
    except UnicodeDecodeError:
        reason = "not UTF-8 text"
    remedy = "Give a readable file of UTF-8 text, at most 4 MB."
    what = f"The table cannot be read: {reason}."
    refusals.append(Refusal("file_unreadable", what, remedy=remedy, file=file))
    return None


def _header(file: str, found: Sequence[str], columns: Sequence[str]) -> Refusal:
    return Refusal(
        code="table_header",
        what="The columns are not those of this table.",
        found=",".join(found)[:200],
        valid=",".join(columns),
        remedy="Name the columns in this order.",
        file=file,
        line=1,
    )


def _length(file: str, number: int, found: int, valid: int) -> Refusal:
    what = "The line has not as many cells as the header."
    return Refusal(
        "table_line", what, found=str(found), valid=str(valid), file=file, line=number,
        remedy="Give every cell; quote text that has a comma.",
    )  # fmt: skip
