"""The two commands people type, and how a refusal reads at the door."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError

from apps.engine.refusal import Refusal
from apps.workflow.domain.demo.load import demo_logins
from collabscreen.entrance import describe
from collabscreen.env import BASE_DIR, read_env
from collabscreen.management.commands import start
from collabscreen.running.instance import claim
from collabscreen.running.suite import ON_ALL_CORES, pytest_arguments

PATIENCE = 120
MANAGE = [sys.executable, "-m", "collabscreen"]


def told(data_dir: Path) -> Mapping[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COLLABSCREEN_")}
    return kept | {"COLLABSCREEN_DATA_DIR": str(data_dir), "COLLABSCREEN_PORT": "18000"}


def run(*words: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MANAGE, *words], cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False
    )


@contextmanager
def started(data_dir: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running installation and its address; what is left of it is ended."""
    log = (data_dir / "start.log").open("wb")
    words = [*MANAGE, "start", "--no-demo"]
    first = subprocess.Popen(words, cwd=BASE_DIR, env=told(data_dir), stdout=log, stderr=log)
    try:
        yield first, await_address(data_dir, first)
    finally:
        if first.poll() is None:
            first.terminate()
        first.wait(timeout=PATIENCE)
        log.close()


def await_address(data_dir: Path, first: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and first.poll() is None:
        announced = data_dir / "running.json"
        text = announced.read_text() if announced.exists() else ""
        if text and json.loads(text)["address"]:
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise AssertionError((data_dir / "start.log").read_text())


def children_of(pid: int) -> list[int]:
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listing.stdout.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_installation_starts_is_found_again_and_ends_whole(tmp_path: Path) -> None:
    with started(tmp_path) as (first, address):
        with urllib.request.urlopen(f"{address}readyz") as ready:
            assert json.load(ready)["ok"] is True
        second = run("start", env=told(tmp_path))
        assert second.returncode == 0
        assert second.stdout == f"collabscreen already runs at {address} (process {first.pid}).\n"
        family = children_of(first.pid)
        assert len(family) == 2
        first.send_signal(signal.SIGINT)
        assert first.wait(timeout=PATIENCE) == 0
        assert [alive(pid) for pid in family] == [False, False]
    checked = run("start", "--check", "--no-demo", env=told(tmp_path))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.endswith("Everything starts.\n")
    printed = (tmp_path / "start.log").read_text()
    assert f"collabscreen is ready at {address}" in printed
    assert printed.endswith("Stopped.\n")


def test_a_bad_setting_is_refused_before_anything_happens(tmp_path: Path) -> None:
    env = told(tmp_path) | {"COLLABSCREEN_PORT": "door", "COLLABSCREEN_MODE": "loud"}
    refused = run("start", env=env)
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        (
            "bad_setting: COLLABSCREEN_MODE: COLLABSCREEN_MODE has no usable value. "
            "Set COLLABSCREEN_MODE to local, production, or unset it."
        ),
        "  found: loud",
        "  valid: local, production",
        (
            "bad_setting: COLLABSCREEN_PORT: COLLABSCREEN_PORT has no usable value. "
            "Set COLLABSCREEN_PORT to a whole number from 1 to 65535, or unset it."
        ),
        "  found: door",
        "  valid: a whole number from 1 to 65535",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_never_answers_is_not_taken_for_a_running_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(start, "FIRST_ANSWER_SECONDS", 0)
    env = read_env({"COLLABSCREEN_DATA_DIR": str(tmp_path)})
    held = claim(tmp_path)
    assert held is not None
    with pytest.raises(CommandError, match=f"process {os.getpid()}\\) but does not answer"):
        start.Command()._point_to_the_first(env)
    held.close()


def test_what_does_not_come_up_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "FIRST_ANSWER_SECONDS", 0)
    env = read_env({"COLLABSCREEN_DATA_DIR": str(tmp_path)})
    with pytest.raises(CommandError, match="web server does not answer"):
        start.Command()._await_answer("http://127.0.0.1:1/")
    with pytest.raises(CommandError, match="worker does not answer"):
        start.Command()._await_worker(env)


def test_the_people_of_the_demo_are_introduced() -> None:
    out = io.StringIO()
    start.Command(stdout=out)._introduce()
    first, *people = out.getvalue().splitlines()
    assert first == "Sign in as one of these people of an invented university:"
    assert [person.split()[0] for person in people] == [login.email for login in demo_logins()]


def test_a_data_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = run("check", env=told(tmp_path / "file"))
    assert refused.returncode == 2
    assert refused.stderr.startswith("data_dir_unusable: COLLABSCREEN_DATA_DIR: ")


def only_error(done: subprocess.CompletedProcess[str], *, code: int) -> str:
    """The one error of the one JSON object a command printed, as `code`."""
    assert "Traceback" not in done.stderr
    assert done.returncode == code
    whole = json.loads(done.stdout)
    assert (whole["ok"], whole["result"]) == (False, {})
    (error,) = whole["errors"]
    assert error["remedy"]
    assert error["valid"]
    return str(error["code"])


@pytest.mark.parametrize(
    "words", [["bench"], ["determine", "a", "b"], ["bench", "engine", "--runs", "many"]]
)
def test_words_no_command_takes_are_refused_as_data_where_data_was_asked_for(
    tmp_path: Path, words: list[str]
) -> None:
    done = run(*words, "--json", env=told(tmp_path))
    assert only_error(done, code=2) == "wrong_usage"
    assert "usage: " in done.stderr


def test_a_bad_setting_is_told_as_data_too(tmp_path: Path) -> None:
    env = told(tmp_path) | {"COLLABSCREEN_PORT": "door"}
    assert only_error(run("facts", "--json", env=env), code=2) == "bad_setting"


def test_a_database_that_does_not_answer_is_no_answer(tmp_path: Path) -> None:
    env = told(tmp_path) | {"COLLABSCREEN_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    words = ("determine", "fixtures/examples/two-visitors.yaml", "--edition", "x", "--json")
    assert only_error(run(*words, env=env), code=3) == "database_unreadable"


def test_what_is_printed_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    document = tmp_path / "case.yaml"
    document.write_text("format: facts/1\nfacts: {people: {\u202e: {}}}\n", encoding="utf-8")
    env = told(tmp_path) | {"PYTHONIOENCODING": "ascii"}
    done = run("determine", str(document), "--json", env=env)
    assert only_error(done, code=2) == "wrong_type"
    half = bytes(tmp_path) + b"/\xff.yaml"
    Path(os.fsdecode(half)).write_bytes(b"a: [")
    done = run("determine", os.fsdecode(half), "--json", env=env)
    assert only_error(done, code=2) == "yaml_syntax"
    words = ("fixtures/examples/two-visitors.yaml", "--edition", os.fsdecode(b"\xff"), "--json")
    assert only_error(run("determine", *words, env=env), code=2) == "unknown_edition"


@pytest.mark.parametrize("where", ["> /dev/full", "| true"])
def test_an_answer_that_cannot_be_written_is_not_done(tmp_path: Path, where: str) -> None:
    asked = "determine fixtures/examples/two-visitors.yaml --json"
    line = f"set -o pipefail; {' '.join(MANAGE)} {asked} {where}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=BASE_DIR, env=told(tmp_path), capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (3, False)


def test_a_closed_output_takes_the_answer_and_leaves_the_exit_code(tmp_path: Path) -> None:
    line = f"{' '.join(MANAGE)} facts --json >&- 2>&-"
    done = subprocess.run(["bash", "-c", line], cwd=BASE_DIR, env=told(tmp_path), check=False)
    assert done.returncode == 0


def test_one_refusal_reads_like_several() -> None:
    assert describe(Refusal("code", "It is wrong.", "here", "Mend it.")) == (
        "code: here: It is wrong. Mend it."
    )


@pytest.mark.parametrize(
    "given", [["-x"], ["-k", "word"], ["-m", "browser"], ["tests/engine"], ["-n", "0"]]
)
def test_a_chosen_part_of_the_tests_runs_in_one_process(given: list[str]) -> None:
    assert pytest_arguments(given) == given


@pytest.mark.parametrize("given", [[], ["-q"], ["--durations=5"]])
def test_the_whole_suite_runs_on_all_cores(given: list[str]) -> None:
    assert pytest_arguments(given) == [*ON_ALL_CORES, *given]


def test_the_test_command_hands_everything_to_pytest(tmp_path: Path) -> None:
    done = run("test", "--version", "-n", "0", env=told(tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith("pytest ")


def test_production_is_checked_like_a_deployment(tmp_path: Path) -> None:
    env = told(tmp_path) | {
        "COLLABSCREEN_MODE": "production",
        "COLLABSCREEN_SECRET_KEY": "0123456789abcdefghij" * 3,
        "COLLABSCREEN_PUBLIC_URL": "https://screening.example.edu",
        "COLLABSCREEN_EMAIL_URL": "smtp://mail.example.edu",
    }
    done = run("check", "--deploy", "--fail-level", "WARNING", env=env)
    assert (done.returncode, done.stderr) == (0, "")
