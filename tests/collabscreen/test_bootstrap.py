"""The first command makes its own environment, and the next ones find it."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from collabscreen import bootstrap

COMMAND = """
import sys
from collabscreen import bootstrap
bootstrap.ensure_environment()
import tiny
print(tiny.VERSION, sys.prefix, *sys.argv[1:])
"""


@dataclass(frozen=True)
class Copy:
    """A project of its own in a temporary folder, with one package to install."""

    folder: Path
    wheels: Path

    def build(self, version: str) -> str:
        """A wheel of the package; its hash."""
        wheel = self.wheels / f"tiny-{version}-py3-none-any.whl"
        info = f"tiny-{version}.dist-info"
        files = {
            "tiny.py": f"VERSION = '{version}'\n",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(
            f"{name},sha256={_record_hash(text)},{len(text)}\n" for name, text in files.items()
        )
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, text in (files | {f"{info}/RECORD": record}).items():
                archive.writestr(name, text)
        return hashlib.sha256(wheel.read_bytes()).hexdigest()

    def lock(self, version: str, digest: str) -> None:
        """Ask for one version of the package."""
        text = f"tiny=={version} \\\n    --hash=sha256:{digest}\n"
        (self.folder / "requirements.txt").write_text(text)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the copy in an empty environment, with a uv that does not work."""
        return subprocess.run(
            [sys.executable, "command.py", *words],
            cwd=self.folder,
            env={
                "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin",
                "HOME": str(self.folder),
                "PIP_NO_INDEX": "1",
                "PIP_FIND_LINKS": str(self.wheels),
            },
            capture_output=True,
            text=True,
            check=False,
        )


def _record_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "project"
    (folder / "collabscreen").mkdir(parents=True)
    for name in ("__init__.py", "bootstrap.py"):
        shutil.copy(bootstrap.ROOT / "collabscreen" / name, folder / "collabscreen" / name)
    (folder / "command.py").write_text(COMMAND)
    uv = folder / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text("#!/bin/sh\nexit 3\n")
    uv.chmod(0o755)
    (tmp_path / "wheels").mkdir()
    return Copy(folder, tmp_path / "wheels")


def test_an_environment_is_made_once_and_again_when_the_lock_changes(copy: Copy) -> None:
    place = str(copy.folder / ".venv")

    copy.lock("1.0", "0" * 64)
    refused = copy.run("start")
    assert refused.returncode == 1
    assert "could not be made" in refused.stderr
    assert not (copy.folder / ".venv" / "requirements.sha256").exists()

    copy.lock("1.0", copy.build("1.0"))
    made = copy.run("start", "--check")
    assert (made.returncode, made.stdout) == (0, f"1.0 {place} start --check\n")
    assert made.stderr.startswith("Making .venv")

    found = copy.run("test")
    assert (found.stdout, found.stderr) == (f"1.0 {place} test\n", "")

    copy.lock("2.0", copy.build("2.0"))
    renewed = copy.run("test")
    assert renewed.stdout == f"2.0 {place} test\n"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The project as seen by an interpreter that is not in its environment."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.delenv("COLLABSCREEN_NO_BOOTSTRAP", raising=False)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "LOCK", lock)
    monkeypatch.setattr(bootstrap, "PLACE", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "requirements.sha256")
    return tmp_path


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        bootstrap.ensure_environment()


def test_an_environment_made_by_hand_is_used_as_it_is(elsewhere: Path) -> None:
    (elsewhere / "requirements.txt").write_text("")
    bootstrap.ensure_environment()
    assert [file.name for file in elsewhere.iterdir()] == ["requirements.txt"]


def test_those_who_bring_their_own_can_say_so(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLABSCREEN_NO_BOOTSTRAP", "1")
    bootstrap.ensure_environment()
    assert [file.name for file in elsewhere.iterdir()] == ["requirements.txt"]


def test_inside_the_made_environment_nothing_more_is_done(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / ".venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(elsewhere / ".venv"))
    digest = hashlib.sha256((elsewhere / "requirements.txt").read_bytes()).hexdigest()
    (elsewhere / ".venv" / "requirements.sha256").write_text(digest)
    bootstrap.ensure_environment()


def test_a_python_without_ensurepip_names_the_package_to_install(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        bootstrap.ensure_environment()


def test_an_environment_made_meanwhile_by_another_command_is_entered(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256((elsewhere / "requirements.txt").read_bytes()).hexdigest()
    (elsewhere / ".venv" / "bin").mkdir(parents=True)
    (elsewhere / ".venv" / "bin" / "python").touch()
    (elsewhere / ".venv" / "requirements.sha256").write_text(digest)
    entered: list[object] = []
    monkeypatch.setattr(os, "execv", lambda *words: entered.extend(words))
    bootstrap.ensure_environment()
    python = elsewhere / ".venv" / "bin" / "python"
    assert entered == [python, [str(python), *sys.argv]]
