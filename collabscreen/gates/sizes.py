"""Nothing grows past what one reader holds in mind: sizes of files and functions."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from collabscreen.env import BASE_DIR

LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def oversized(paths: Iterable[Path]) -> Iterator[str]:
    """Files and functions that are too long, with their length in lines."""
    for path in paths:
        text = (BASE_DIR / path).read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            yield f"{path}: {lines} lines, at most {LONGEST_FILE}"
        yield from _long_functions(path, text)


def _long_functions(path: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{path}:{node.lineno}: {node.name}: {length} lines, at most {LONGEST_FUNCTION}"
