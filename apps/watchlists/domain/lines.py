"""Reads the lines of CSV files of one folder, and keeps every refusal beside the others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from apps.engine.refusal import Refusal

MOST_BYTES = 20_000_000
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CSV file; every refusal about it is kept beside those of the other lines."""

    file: str
    number: int
    cells: dict[str, str]
    refused: list[Refusal] = field(repr=False)

    def text(self, column: str, *, needed: bool = True) -> str:
        """The cell without spaces around it; refuses an empty one that is needed."""
        value = self.cells[column].strip()
        if needed and not value:
            self.refuse("empty_cell", column, valid="a text")
        return value

    def read(self, column: str, reading: Callable[[str], Value], *, valid: str) -> Value | None:
        """The cell as a value; refuses what `reading` raises ValueError or KeyError for."""
        try:
            return reading(self.cells[column].strip())
        except (ValueError, KeyError):
            self.refuse("wrong_value", column, valid=valid)
            return None

    def refuse(self, code: str, column: str, *, valid: str) -> None:
        """Keep a refusal of one cell."""
        found = self.cells[column][:80]
        self.refused.append(
            Refusal(
                code=code,
                what=f"{column} cannot be read as {valid}.",
                where=column,
                remedy="Mend this line and load the list again.",
                found=found,
                valid=valid,
                file=self.file,
                line=self.number,
            )
        )


def lines_of(folder: Path, file: str, columns: list[str], refused: list[Refusal]) -> Iterator[Line]:
    """The lines of a file of the folder that has exactly these columns; faults go to `refused`."""
    text = _text(folder, file, refused)
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        heading = next(rows, [])
        if text and heading != columns:
            refused.append(
                refusal_of("wrong_columns", file, "The columns differ.", columns, heading)
            )
            return
        for cells in rows:
            if len(cells) != len(columns):
                what = f"Line {rows.line_num} has {len(cells)} cells."
                refused.append(refusal_of("wrong_columns", file, what, columns))
                continue
            yield Line(file, rows.line_num, dict(zip(columns, cells, strict=True)), refused)
    except csv.Error as fault:
        refused.append(refusal_of("unreadable_file", file, f"Line {rows.line_num}: {fault}."))


def _text(folder: Path, file: str, refused: list[Refusal]) -> str:
    """The text of a file of this folder, or nothing and a refusal."""
    if not re.fullmatch(r"[\w-]+\.csv", file):
        refused.append(
            refusal_of("missing_file", file, "Only a CSV file beside sources.csv is read.")
        )
        return ""
    try:
        with (folder / file).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as fault:
        refused.append(refusal_of("missing_file", file, f"Cannot be read: {fault.strerror}."))
        return ""
    if len(content) > MOST_BYTES:
        refused.append(refusal_of("too_large", file, f"Larger than {MOST_BYTES} bytes."))
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        refused.append(refusal_of("unreadable_file", file, f"Not UTF-8 at byte {fault.start}."))
        return ""


def refusal_of(
    code: str,
    file: str,
    what: str,
    columns: list[str] | None = None,
    found: list[str] | None = None,
) -> Refusal:
    """A refusal of a whole file."""
    return Refusal(
        code=code,
        what=what,
        remedy="Mend the file and load the lists again.",
        found=",".join(found or ())[:200],
        valid=",".join(columns or ()),
        file=file,
    )
