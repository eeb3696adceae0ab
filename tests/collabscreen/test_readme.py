"""What README shows can be run: each command of it, and the answer it prints beside one."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Instead of what would serve for ever, run everything or measure for minutes: what they begin with.
SHORTER = {
    "start": ["start", "--help"],
    "test": ["test", "tests/engine/test_routing.py"],
    "bench": ["bench", "--help"],
    "rules": ["rules", "mutate", "--regime", "US-outbound"],
    "verify": ["verify", "--help"],
}


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of a newcomer with an installation that start has filled."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COLLABSCREEN_")}
    env = kept | {"COLLABSCREEN_DATA_DIR": str(tmp_path_factory.mktemp("installation"))}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=env, check=True)
    return env


def run(command: str, *, told: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    python, script, name, *rest = shlex.split(command)
    assert (python, script) == ("python3", "manage.py")
    order = SHORTER.get(name, [name, *rest])
    return subprocess.run(
        [sys.executable, "manage.py", *order],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", commands())
def test_the_command_runs(command: str, told: Mapping[str, str]) -> None:
    done = run(command, told=told)
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")


def test_the_worked_determination_is_what_the_command_says(told: Mapping[str, str]) -> None:
    shown = re.search(r"```text\n(Outcome .*?)```", README, re.DOTALL)
    assert shown is not None
    said = run("python3 manage.py determine fixtures/examples/two-visitors.yaml", told=told).stdout
    assert [line for line in shown[1].splitlines() if line not in said.splitlines()] == []
