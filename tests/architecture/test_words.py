"""The words of the house: what things are called, and what is never said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from collabscreen.env import BASE_DIR
from collabscreen.gates.sources import project_files
from tests.architecture.reading import Source, sources

VAGUE = re.compile(r"util|helper|common|core|manager|service|misc", re.IGNORECASE)
# Django's own words, where it asks for them.
GIVEN = {"BaseUserManager", "base_manager_name", "managers"}
# One letter of each stands in brackets, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplemente[d]|no cove[r]")
PLACES = re.compile(r"(?<!\w)/(roo[t]|wor[k]|hom[e])/\w|pyp[i]\.|pythonhoste[d]|registr[y]\.npm")
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".html", ".css", ".js", ".csv", ""}
CONTROL_NUMBER = re.compile(r"^[0-9][A-E][0-9]{3}(\.[a-z0-9]+)*$")
# Two capital letters that are not countries where they stand: prefixes of regimes and lists.
ABOUT_LANGUAGE = {"gallery", "samples"}


def names(source: Source) -> Iterator[str]:
    yield source.path.stem
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def test_names_say_what_a_thing_is() -> None:
    vague = [
        f"{source.path} {name}"
        for source in sources()
        for name in names(source)
        if VAGUE.search(name) and name not in GIVEN
    ]
    assert vague == []


def test_every_module_says_its_role_in_one_sentence() -> None:
    silent = [
        str(source.path)
        for source in sources()
        if not (said := (ast.get_docstring(source.tree) or "").split("\n\n")[0].strip())
        or not said.endswith((".", "!", "`"))
    ]
    assert silent == []


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every text file of the project that is not law or a list."""
    return tuple(
        (str(path), (BASE_DIR / path).read_text(encoding="utf-8", errors="replace"))
        for path in project_files()
        if path.suffix in TEXT and "vendor" not in path.parts
    )


def test_nothing_is_left_for_later() -> None:
    unfinished = [
        f"{path}: {found[0]}"
        for path, text in texts()
        if not path.startswith("fixtures/") and (found := UNFINISHED.search(text))
    ]
    assert unfinished == []


def test_no_file_names_a_place_of_one_machine_or_where_packages_come_from() -> None:
    named = [f"{path}: {found[0]}" for path, text in texts() if (found := PLACES.search(text))]
    assert named == []


def test_no_test_is_switched_off() -> None:
    # Only the mark `browser` skips, and tests/conftest.py alone does that.
    off = [
        f"{source.path}"
        for source in sources("tests")
        if re.search(r"\b(skip|skipif|xfail|importorskip)\(", source.text)
        and str(source.path) not in {"tests/conftest.py", "tests/architecture/test_words.py"}
    ]
    assert off == []


@cache
def countries() -> frozenset[str]:
    """The codes of countries that the rulebook knows."""
    found: set[str] = set()
    for path in (BASE_DIR / "fixtures" / "rulebook").rglob("*.csv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(re.findall(r"(?<![\w-])([A-Z]{2})(?![\w-])", line))
    return frozenset(found)


@cache
def offices() -> frozenset[str]:
    """The offices that charters name."""
    text = (BASE_DIR / "fixtures" / "rulebook" / "charters.yaml").read_text(encoding="utf-8")
    charters = yaml.safe_load(text).get("charters", [])
    return frozenset(charter["office"] for charter in charters)


def literals(source: Source) -> Iterator[tuple[str, str]]:
    """Every text constant with its place, without docstrings."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and id(node) not in described:
            yield source.at(node), str(node.value)


@pytest.mark.parametrize("what", ["country", "control number", "office"])
def test_law_is_data_not_code(what: str) -> None:
    is_law = {
        "country": lambda text: len(text) == 2 and text in countries(),
        "control number": lambda text: bool(CONTROL_NUMBER.fullmatch(text)),
        "office": lambda text: text in offices(),
    }[what]
    found = [
        f"{place} {text!r}"
        for source in sources("apps")
        if source.path.stem not in ABOUT_LANGUAGE
        for place, text in literals(source)
        if is_law(text)
    ]
    assert found == []
