"""The two processes of an installation, worker and web server: started, watched, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from collabscreen.env import BASE_DIR, Env

SIGNAL_AT_PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)
PATIENCE_SECONDS = 10
STEP_SECONDS = 0.2
MOST_RESTARTS = 5  # within RESTARTS_SECONDS: more often, and starting again mends nothing
RESTARTS_SECONDS = 60


@dataclass
class Child:
    """One process of ours in a group of its own, so that all it forks ends with it."""

    name: str
    command: Sequence[str]
    inherited: tuple[int, ...] = ()
    log: Path | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    restarts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Begin; the child hears when this process dies, even by kill -9."""
        parent = os.getpid()
        with ExitStack() as opened:
            log = opened.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(  # noqa: S603  a command of our own making
                list(self.command),
                cwd=BASE_DIR,
                env=os.environ | self.told,
                stdout=log,
                stderr=log,
                pass_fds=self.inherited,
                start_new_session=True,
                preexec_fn=lambda: _end_with(parent),  # noqa: PLW1509  the parent has no threads
            )

    def ask_to_end(self) -> None:
        """Ask once: a second asking would make the worker drop what it is doing."""
        if self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Wait until it ended and, when our patience is over, end its whole group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=PATIENCE_SECONDS)
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """End what is left of its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def worker(env: Env) -> Child:
    """The worker, with the clock inside: there is exactly one."""
    return Child(
        "worker",
        (
            *(sys.executable, "-m", "celery", "--quiet", "--app", "collabscreen.celery"),
            *("worker", "--beat", "--pool", "threads"),
            *("--concurrency", str(env.worker_threads), "--loglevel", env.log_level),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ),
        log=worker_log(env),
    )


def worker_log(env: Env) -> Path | None:
    """Where a local worker writes, mail on its console too; None: where its parent does.

    A person who starts it reads the address and the logins, not every mail; an operator has a
    journal.
    """
    return None if env.production else env.data_dir / "worker.log"


def web(env: Env, *, listening: int) -> Child:
    """The web server on a socket that is listening already (its file number)."""
    return Child(
        "web server",
        (
            *(sys.executable, "-m", "gunicorn", "collabscreen.wsgi:application"),
            *("--bind", f"fd://{listening}", "--worker-class", "gthread", "--workers", "1"),
            *("--threads", str(env.threads), "--log-level", env.log_level.lower()),
            *("--graceful-timeout", "5", "--no-control-socket"),
        ),
        inherited=(listening,),
    )


@contextmanager
def family(env: Env, *, listening: socket.socket) -> Iterator[Sequence[Child]]:
    """Worker and web server, started; ended in any case."""
    started: list[Child] = []
    told = {"COLLABSCREEN_PORT": str(listening.getsockname()[1])}  # links in mail name it
    try:
        for child in (worker(env), web(env, listening=listening.fileno())):
            child.told = told
            child.start()
            started.append(child)
        yield started
    finally:
        end_all(started)


def watch(children: Sequence[Child]) -> None:
    """Wait until interrupted; a child that dies is started again.

    Raises ChildProcessError when it dies again and again.
    """
    while True:
        time.sleep(STEP_SECONDS)
        for child in children:
            if child.process.poll() is None:
                continue
            child.sweep()
            now = time.monotonic()
            child.restarts = [at for at in child.restarts if now - at < RESTARTS_SECONDS]
            if len(child.restarts) == MOST_RESTARTS:
                raise ChildProcessError(f"The {child.name} keeps ending; see its messages.")
            child.restarts.append(now)
            sys.stderr.write(f"The {child.name} ended; starting it again.\n")
            child.start()


def end_all(children: Sequence[Child]) -> None:
    """End every child; all are asked before the first is waited for."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end()


def _end_with(parent: int) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(SIGNAL_AT_PARENT_DEATH, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we could ask to be told
        os._exit(1)
