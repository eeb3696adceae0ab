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
    _run([sys.executable, "-m", "venv", "--without-pip", str(PLACE)])
    inside = ["--python", str(PYTHON)]
    exact = ["install", "--require-hashes", "--only-binary=:all:", "--no-deps", "--requirement"]
    with_uv = [shutil.which("uv") or "", "pip", *exact, str(LOCK), *inside]
    told = {**os.environ, "UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}  # trusted as pip trusts
    if with_uv[0] and not subprocess.run(with_uv, capture_output=True, env=told).returncode:  # noqa: PLW1510, S603
        return
    pip = [sys.executable, "-m", "pip", *inside]
    if not util.find_spec("pip"):
        if not util.find_spec("ensurepip"):
            sys.exit("This Python has no pip and no ensurepip. On Debian: apt install python3-venv")
        _run([str(PYTHON), "-m", "ensurepip"])
        pip = [str(PYTHON), "-m", "pip"]
    packages = LOCK.read_text().replace(" \\\n", " ").splitlines(keepends=True)
    halves = [PLACE / "half-1.txt", PLACE / "half-2.txt"]  # one pip keeps one core busy
    for start, half in enumerate(halves):
        half.write_text("".join(packages[start::2]))
    _run(*([*pip, *exact, str(half), "--no-compile"] for half in halves))


def _run(*commands: list[str]) -> None:
    pipe = subprocess.PIPE
    started = [subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) for words in commands]  # noqa: S603
    told = ["\n".join(one.communicate()) for one in started]
    if any(one.returncode for one in started):
        sys.exit("\n".join([*told, "The environment could not be made; see above."]))
