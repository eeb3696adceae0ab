"""A gate: a name and a question answered with yes, or with what is wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from collabscreen.env import BASE_DIR

Findings = Sequence[str]


@dataclass(frozen=True)
class Gate:
    """`ask` answers with findings; none means the gate is open."""

    name: str
    ask: Callable[[], Findings]


@dataclass(frozen=True)
class Verdict:
    """How a gate answered, and after how many seconds."""

    name: str
    findings: Findings
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def ask_all(gates: Sequence[Gate]) -> Iterator[Verdict]:
    """Ask each gate in turn; one that stays shut stops none of the others."""
    for gate in gates:
        begun = time.monotonic()
        findings = gate.ask()
        yield Verdict(gate.name, findings, time.monotonic() - begun)


def by_command(name: str, *words: str, env: Mapping[str, str] | None = None) -> Gate:
    """A gate that is open when `python WORDS` ends with 0; its last lines are the findings."""

    def ask() -> Findings:
        done = subprocess.run(  # noqa: S603  words of our own
            [sys.executable, *words],
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
            env=env,
        )
        lines = f"{done.stdout}\n{done.stderr}".strip().splitlines()
        return [] if done.returncode == 0 else (lines[-40:] or [f"ended with {done.returncode}"])

    return Gate(name, ask)
