"""The locks hold what pyproject.toml asks for: pinned, hashed, and from no place they name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from collabscreen.env import BASE_DIR

LOCKS = {"requirements.txt": ("dev",), "collabscreen/locks/browser.txt": ("browser",)}
BLOCK = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
# An address, or any option but a hash, long or short: every one that names a place is among them.
LEADING_ELSEWHERE = re.compile(r"\S*://\S*|(?<!\S)(?:-\w|--(?!hash=)[\w-]+)")


def stale_locks() -> Iterator[str]:
    """What is wrong with the lock files, in sentences."""
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, groups in LOCKS.items():
        asked = [line for group in groups for line in project["dependency-groups"][group]]
        if lock == "requirements.txt":
            asked += project["project"]["dependencies"]
        yield from _faults(Path(lock), [Requirement(line) for line in asked])


def _faults(lock: Path, asked: list[Requirement]) -> Iterator[str]:
    text = (BASE_DIR / lock).read_text(encoding="utf-8")
    for word in LEADING_ELSEWHERE.findall(text):
        yield f"{lock}: may lead elsewhere ({word})"
    blocks = {canonicalize_name(block["name"]): block for block in BLOCK.finditer(text)}
    for name, block in blocks.items():
        if not HASH.search(block["rest"]):
            yield f"{lock}: {name} has no hash"
    for requirement in asked:
        held = blocks.get(canonicalize_name(requirement.name))
        if held is None or not requirement.specifier.contains(held["version"]):
            yield f"{lock}: does not hold {requirement}; compile it again"
