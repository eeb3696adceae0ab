"""At most one start for each data folder: a lock the system takes back from whoever dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO

STEP_SECONDS = 0.25
ANSWER_SECONDS = 5


@dataclass(frozen=True)
class Instance:
    """A start that holds the data folder; `address` is empty until it answers."""

    pid: int
    address: str = ""


class Claim:
    """The right to run on a data folder; held as long as the process lives."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.announce("")

    def announce(self, address: str) -> None:
        """Tell later starts where this one answers."""
        self.file.seek(0)
        self.file.truncate()
        json.dump({"pid": os.getpid(), "address": address}, self.file)
        self.file.flush()

    def close(self) -> None:
        """Let go; only closing counts, the file stays."""
        self.file.close()


def claim(data_dir: Path) -> Claim | None:
    """The claim, or None when another process holds it."""
    file = (data_dir / "running.json").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return Claim(file)


def find_running(data_dir: Path, *, patience: float) -> Instance | None:
    """The instance that holds the claim, waited for `patience` seconds until it has an address.

    None when it never told who it is, which happens only in its first instant.
    """
    end = time.monotonic() + patience
    found = _told(data_dir)
    while (found is None or not found.address) and time.monotonic() < end:
        time.sleep(STEP_SECONDS)
        found = _told(data_dir)
    return found


def answers(address: str) -> bool:
    """Whether something alive answers at an address."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=ANSWER_SECONDS) as response:  # noqa: S310  our own http address
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def await_answer(address: str, *, patience: float) -> bool:
    """Whether something answered at an address within `patience` seconds."""
    end = time.monotonic() + patience
    while not (answered := answers(address)) and time.monotonic() < end:
        time.sleep(STEP_SECONDS)
    return answered


def _told(data_dir: Path) -> Instance | None:
    try:
        told = json.loads((data_dir / "running.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Instance(pid=told["pid"], address=told["address"])
