"""Nothing is imported in secret, and nothing to the left."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from tests.architecture.reading import ROOMS, Source, imported, points_right, sources

# Before its environment exists, manage.py can import nothing but the bootstrap.
EARLY = {"collabscreen/bootstrap.py"}


def hidden(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (source.at(statement) for statement, _ in imported(node))


def type_only(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for statement in node.body:
                yield from imported(statement)


def test_no_import_hides_in_a_function() -> None:
    assert [place for source in sources() for place in hidden(source)] == []


def test_nothing_is_loaded_by_a_name_made_up_at_run_time() -> None:
    found = [
        source.at(statement)
        for source in sources()
        for statement, module in imported(source.tree)
        if module.partition(".")[0] == "importlib" and str(source.path) not in EARLY
    ]
    assert found == []
    assert [str(source.path) for source in sources() if "__import__" in source.text] == []


def test_the_engine_imports_the_standard_library_alone() -> None:
    foreign = [
        f"{source.at(statement)} {module}"
        for source in sources()
        if source.room == "engine"
        for statement, module in imported(source.tree)
        if not module.startswith("apps.engine.")
        and module.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert foreign == []


def test_imports_for_the_type_checker_point_right_too() -> None:
    left = [
        f"{source.at(statement)} {module}"
        for source in sources()
        if source.room
        for statement, module in type_only(source)
        if module.startswith("apps.") and not points_right(source.room, module.split(".")[1])
    ]
    assert left == []


def test_every_import_is_absolute() -> None:
    relative = [
        source.at(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_every_room_stands_in_the_chain() -> None:
    assert {source.room for source in sources() if source.room} <= set(ROOMS)
