"""Make the environment a command needs, with the standard library alone."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata, util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
PLACE = ROOT / ".venv"
PYTHON = PLACE / "bin" / "python"
STAMP = PLACE / "requirements.sha256"


def ensure_environment() -> None:
    """Return inside an interpreter that has every package of requirements.txt, or end with why."""
    if sys.version_info < (3, 11):  # noqa: UP036  the one place that meets older ones
        sys.exit("collabscreen needs Python 3.11 or newer; this is " + sys.version.split()[0])
    fresh = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    inside = Path(sys.prefix).resolve() == PLACE.resolve()
    if os.environ.get("COLLABSCREEN_NO_BOOTSTRAP") or (inside and _stamp() == fresh) or _complete():
        return
    with (ROOT / ".venv.lock").open("w") as turn:  # of two first commands one makes, one waits
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not PYTHON.exists() or _stamp() != fresh:
            _install()
            STAMP.write_text(fresh)  # last: an install cut short is done again
    os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606  our own interpreter, no shell


def _stamp() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def _complete() -> bool:
    pinned = re.findall(r"^([\w.-]+)==(\S+) \\$", LOCK.read_text(), re.MULTILINE)
    found = {re.sub(r"[-_.]+", "-", d.name).lower(): d.version for d in metadata.distributions()}
    return all(found.get(name) == version for name, version in pinned)


def _install() -> None:
    sys.stderr.write("Making .venv from requirements.txt (once, half a minute) ...\n")
    _run(sys.executable, "-m", "venv", "--without-pip", str(PLACE))
    exact = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--requirement", str(LOCK)]
    uv = shutil.which("uv")
    if uv and not _run(uv, "pip", "install", "--python", str(PYTHON), *exact, may_fail=True):
        return
    if util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    elif util.find_spec("ensurepip"):
        _run(str(PYTHON), "-m", "ensurepip")
        pip = [str(PYTHON), "-m", "pip"]
    else:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(f"This Python has no pip and no ensurepip. On Debian: apt install {package}")
    _run(*pip, "install", "--no-compile", *exact)


def _run(*command: str, may_fail: bool = False) -> int:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and not may_fail:
        sys.exit(f"{done.stdout}{done.stderr}\nThe environment could not be made; see above.")
    return done.returncode
