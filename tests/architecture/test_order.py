"""The project keeps its order: sizes, places, locks, licences, and what README tells."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from collabscreen.env import BASE_DIR
from collabscreen.gates import lifecycle, locks, sizes, sources
from collabscreen.variables import PREFIX, READ_ELSEWHERE


def test_the_top_level_is_closed() -> None:
    assert sources.strangers() == []


def test_no_file_and_no_function_outgrows_its_reader() -> None:
    assert (
        list(sizes.oversized(sources.python_files(under=("apps", "collabscreen", "tests")))) == []
    )


def test_the_locks_hold_what_is_asked_for_with_hashes() -> None:
    assert list(locks.stale_locks()) == []


def test_every_dependency_has_its_reason() -> None:
    text = (BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[tool.")]
    asked = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert [line for line in asked if "#" not in line] == []


def test_the_life_of_a_case_is_whole_and_drawn() -> None:
    assert list(lifecycle.faults()) == []


def test_every_variable_of_the_environment_is_told_in_readme() -> None:
    told = (BASE_DIR / "README.md").read_text(encoding="utf-8")
    env = (BASE_DIR / "collabscreen" / "env.py").read_text(encoding="utf-8")
    names = {PREFIX + name for name in re.findall(r"reader\.\w+\(\s*\"([A-Z_]+)\"", env)}
    missing = sorted(name for name in names | READ_ELSEWHERE if f"`{name}`" not in told)
    assert missing == []


def test_every_vendored_file_is_listed_with_licence_and_digest() -> None:
    found = [path for path in sources.project_files() if "vendor" in path.parts]
    for path in found:
        if path.name == "README.md":
            continue
        listing = (BASE_DIR / path.parent / "README.md").read_text(encoding="utf-8")
        row = next(line for line in listing.splitlines() if path.name in line)
        assert hashlib.sha256((BASE_DIR / path).read_bytes()).hexdigest() in row
        assert re.search(r"MIT|BSD|Apache|0BSD|ISC|OFL|CC0|public domain", row)


def test_the_walls_between_rooms_stand() -> None:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_data_of_an_installation_is_tracked() -> None:
    suffixes = {".sqlite3", ".db", ".pyc", ".key", ".pem"}
    tracked = [path for path in sources.project_files() if path.suffix in suffixes]
    assert tracked == []
    assert not any(path.parts[0] in {"var", "staticfiles"} for path in sources.project_files())


def test_every_folder_of_tests_mirrors_a_room() -> None:
    rooms = {path.name for path in (BASE_DIR / "apps").iterdir() if (path / "__init__.py").exists()}
    others = {"architecture", "browser", "collabscreen", "factories", "golden"}
    folders = {path.parts[1] for path in sources.project_files() if path.parts[0] == "tests"}
    folders = {name for name in folders if not Path(name).suffix}
    assert folders - rooms - others == set()
