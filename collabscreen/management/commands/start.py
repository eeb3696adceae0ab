"""Starts an installation on this machine: data, worker and web server, with one command."""

from __future__ import annotations

import signal
import socket
from argparse import ArgumentParser
from contextlib import closing

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from collabscreen.celery import app as celery
from collabscreen.env import Env
from collabscreen.running import children, filling, instance, ports

FIRST_ANSWER_SECONDS = 60


class Command(BaseCommand):
    """Ends with Ctrl-C; a second start finds the first."""

    help = "Fill the database if needed, start worker and web server and print the address."
    requires_system_checks = ()  # they ask the database, which this command makes first

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check, --no-demo and --port."""
        parser.add_argument(
            "--check", action="store_true", help="do all but stay: end 0 if it works"
        )
        parser.add_argument("--no-demo", action="store_true", help="leave the demo university out")
        parser.add_argument("--port", type=int, help="first port to try; COLLABSCREEN_PORT else")

    def handle(self, *, check: bool, no_demo: bool, port: int | None, **_: object) -> None:
        """Raises CommandError when it does not come up, Refusal for what was told wrongly."""
        env: Env = settings.ENV
        for number in (signal.SIGINT, signal.SIGTERM):  # a background shell ignores SIGINT
            signal.signal(number, _interrupt)
        claim = instance.claim(env.data_dir)
        if claim is None and not check:
            self._point_to_the_first(env)
            return
        first = 0 if check else port or env.port
        try:
            self._fill(demo=not no_demo and not env.production)
            with closing(ports.listen(env.host, first)) as listening:
                self._run(env, listening, claim, check=check)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        finally:
            if claim is not None:
                claim.release()

    def _point_to_the_first(self, env: Env) -> None:
        first = instance.find_running(env.data_dir, patience=FIRST_ANSWER_SECONDS)
        if first is None or not first.address or not instance.answers(first.address):
            number = first.pid if first else "unknown"
            raise CommandError(f"A start is under way (process {number}) but does not answer.")
        self.stdout.write(f"collabscreen already runs at {first.address} (process {first.pid}).")

    def _fill(self, *, demo: bool) -> None:
        for done in filling.fill(demo=demo):
            self.stdout.write(f"  {done.name:<14}{done.seconds:6.1f} s")
        call_command("check", databases=["default"], verbosity=0)
        if settings.ENV.production:
            call_command("collectstatic", interactive=False, verbosity=0)

    def _run(
        self, env: Env, listening: socket.socket, claim: instance.Claim | None, *, check: bool
    ) -> None:
        family = [children.worker(env), children.web(env, listening=listening.fileno())]
        address = ports.address_of(listening)
        try:
            for child in family:
                child.start()
            self._await_answer(address)
            if check:
                self._await_worker()
                self.stdout.write("Everything starts.")
                return
            if claim is not None:
                claim.announce(address)
            self._greet(address)
            children.watch(family)
        finally:
            children.end_all(family)

    def _await_answer(self, address: str) -> None:
        if not instance.await_answer(address, patience=FIRST_ANSWER_SECONDS):
            raise CommandError(f"The web server does not answer at {address}; see above for why.")

    def _await_worker(self) -> None:
        for _ in range(FIRST_ANSWER_SECONDS):
            if celery.control.ping(timeout=1):
                return
        raise CommandError("The worker does not answer; see above for why.")

    def _greet(self, address: str) -> None:
        self.stdout.write(f"\ncollabscreen is ready at {address}")
        self.stdout.write("Stop it with Ctrl-C.")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
