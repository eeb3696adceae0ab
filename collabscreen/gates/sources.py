"""Which files are the project's: all that git tracks or would track, by part."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from collabscreen.env import BASE_DIR

PARTS = ("apps", "collabscreen")
TOP_LEVEL = frozenset(
    {"apps", "collabscreen", "fixtures", "tests", "manage.py", "pyproject.toml"}
    | {"README.md", "requirements.txt", ".ci", ".gitignore"}
)
NOT_OURS = {".git", ".venv", "var", "staticfiles", "__pycache__", "node_modules"}


def project_files() -> list[Path]:
    """Every file of the project, relative to its root; asks git, or walks where there is none."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        told = subprocess.run(command, cwd=BASE_DIR, capture_output=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return sorted(_walked())
    paths = (Path(name) for name in told.decode().split("\0") if name)
    return sorted(path for path in paths if (BASE_DIR / path).is_file())


def python_files(*, under: tuple[str, ...] = PARTS) -> list[Path]:
    """The Python files of some parts, without what Django wrote itself (migrations)."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and path.parts[0] in under and "migrations" not in path.parts
    ]


def strangers() -> list[str]:
    """Names at the top of the project that have no business there."""
    return sorted({path.parts[0] for path in project_files()} - TOP_LEVEL)


def _walked() -> Iterator[Path]:
    for path in BASE_DIR.rglob("*"):
        inside = path.relative_to(BASE_DIR)
        if path.is_file() and NOT_OURS.isdisjoint(inside.parts):
            yield inside
