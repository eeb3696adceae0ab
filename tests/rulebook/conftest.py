"""A copy of the shipped rulebook that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import Rows
from apps.rulebook.domain.files import read_folder, read_rulebook
from apps.rulebook.domain.shipped import FOLDER

Spoil = Callable[..., tuple[Refusal, ...]]


@pytest.fixture(scope="session")
def rows() -> Rows:
    """The rows of the shipped rulebook."""
    return read_rulebook(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rulebook."""
    copy = tmp_path / "rulebook"
    shutil.copytree(FOLDER, copy)
    return copy


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replaces text in a file of the copy and answers with what is refused then."""

    def spoiled(file: str, old: str, new: str) -> tuple[Refusal, ...]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(Refusals) as refused:
            read_folder(folder)
        return refused.value.items

    return spoiled
