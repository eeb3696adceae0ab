"""How every room says no to bad input: a stable code, what, where and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(unsafe_hash=True)  # not frozen: the interpreter writes its traceback on it
class Refusal(Exception):
    """One refused input. `code` is stable; `where` is a path, a field or a verb."""

    code: str
    what: str
    where: str = ""
    remedy: str = ""
    found: str = ""
    valid: str = ""
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        spot = " at ".join(part for part in (place, self.where) if part)
        lead = f"{spot}: " if spot else ""
        return f"{lead}{self.what} {self.remedy}".strip()

    def at(self, *, file: str, line: int | None) -> Refusal:
        """The same refusal, placed in a file."""
        return replace(self, file=file, line=line)

    def as_dict(self) -> dict[str, object]:
        """The error object of every JSON answer of the project."""
        return {
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "path": self.where,
            "found": self.found,
            "valid": self.valid,
            "message": self.what,
            "remedy": self.remedy,
        }


class Refusals(Exception):
    """Everything that is wrong with one document, so that it can be mended in one go."""

    def __init__(self, items: Iterable[Refusal]) -> None:
        self.items: tuple[Refusal, ...] = tuple(items)
        super().__init__("; ".join(str(item) for item in self.items))
