"""Starts an installation on this machine: data, worker and web server, with one command."""

from __future__ import annotations

import io
import signal
from argparse import ArgumentParser
from contextlib import closing

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.workflow.domain.demo.load import demo_logins
from collabscreen.celery import app as celery
from collabscreen.env import Env
from collabscreen.running import children, filling, instance, ports

FIRST_ANSWER_SECONDS = 60
ANY_PORT = 0


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
        demo = not no_demo and not env.production
        for number in (signal.SIGINT, signal.SIGTERM):  # a background shell ignores SIGINT
            signal.signal(number, _interrupt)
        try:
            if check:
                self._check(env, demo=demo)
            elif held := instance.claim(env.data_dir):
                with closing(held):
                    self._serve(env, held, demo=demo, port=port or env.port)
            else:
                self._point_to_the_first(env)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _check(self, env: Env, *, demo: bool) -> None:
        self._fill(demo=demo)
        with (
            closing(ports.listen(env.host, ANY_PORT)) as listening,
            children.family(env, listening=listening),
        ):
            self._await_answer(ports.address_of(listening))
            self._await_worker(env)
        self.stdout.write("Everything starts.")

    def _serve(self, env: Env, held: instance.Claim, *, demo: bool, port: int) -> None:
        self._fill(demo=demo)
        with (
            closing(ports.listen(env.host, port)) as listening,
            children.family(env, listening=listening) as family,
        ):
            address = ports.address_of(listening)
            self._await_answer(address)
            held.announce(address)
            self.stdout.write(f"\ncollabscreen is ready at {address}")
            if demo:
                self._introduce()
            if log := children.worker_log(env):
                self.stdout.write(f"Mail and words of the worker: {log}")
            self.stdout.write("Stop with Ctrl-C.")
            children.watch(family)

    def _point_to_the_first(self, env: Env) -> None:
        first = instance.find_running(env.data_dir, patience=FIRST_ANSWER_SECONDS)
        if first is None or not first.address or not instance.answers(first.address):
            number = first.pid if first else "unknown"
            raise CommandError(f"A start is under way (process {number}) but does not answer.")
        self.stdout.write(f"collabscreen already runs at {first.address} (process {first.pid}).")

    def _fill(self, *, demo: bool) -> None:
        for done in filling.fill(demo=demo):
            self.stdout.write(f"  {done.name:<10}{done.seconds:6.1f} s")
        call_command("check", databases=["default"], stdout=io.StringIO())
        if settings.ENV.production:
            call_command("collectstatic", interactive=False, verbosity=0)

    def _await_answer(self, address: str) -> None:
        if not instance.await_answer(address, patience=FIRST_ANSWER_SECONDS):
            raise CommandError(f"The web server does not answer at {address}; see above for why.")

    def _await_worker(self, env: Env) -> None:
        for _ in range(FIRST_ANSWER_SECONDS):
            if celery.control.ping(timeout=1):
                return
        why = children.worker_log(env) or "above"
        raise CommandError(f"The worker does not answer; see {why}.")

    def _introduce(self) -> None:
        self.stdout.write("Sign in as one of these people of an invented university:")
        for login in demo_logins():
            who = f"{login.name}, {', '.join(login.duties)}"
            self.stdout.write(f"  {login.email:<34} {login.password:<20} {who}")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
