"""The project's Python files as trees, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from collabscreen.env import BASE_DIR
from collabscreen.gates.sources import python_files

ROOMS = (
    *("portal", "api", "reports", "workflow", "letters", "routing", "screening", "cases"),
    *("recognition", "watchlists", "rulebook", "notices", "accounts", "jobs", "audit", "engine"),
)
SIDE_BY_SIDE = ({"portal", "api"}, {"recognition", "watchlists"})


@dataclass(frozen=True)
class Source:
    """One file: where it lies, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room it belongs to; empty for the installation."""
        return (
            self.path.parts[1] if self.path.parts[0] == "apps" and len(self.path.parts) > 2 else ""
        )

    def at(self, node: ast.stmt | ast.expr) -> str:
        """The place of a node, to find it by."""
        return f"{self.path}:{node.lineno}"


@cache
def sources(*under: str) -> tuple[Source, ...]:
    """The Python files of some parts; apps and collabscreen when none is named."""
    paths = python_files(under=under) if under else python_files()
    texts = ((path, (BASE_DIR / path).read_text(encoding="utf-8")) for path in paths)
    return tuple(Source(path, text, ast.parse(text)) for path, text in texts)


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every absolute import in a tree with the module it names, `from a import b` as a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def points_right(room: str, other: str) -> bool:
    """Whether a room may lean on another one."""
    if room == other:
        return True
    if {room, other} in SIDE_BY_SIDE:
        return False
    return ROOMS.index(room) < ROOMS.index(other)
