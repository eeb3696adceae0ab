"""One installation at a time, on a free port, whose children end with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import pytest

from apps.engine.refusal import Refusal
from collabscreen.env import BASE_DIR
from collabscreen.running import children, instance, ports


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until_gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(pid)


def sleeper(name: str = "sleeper") -> children.Child:
    return children.Child(name, (sys.executable, "-c", "import time; time.sleep(60)"))


def test_a_busy_port_is_passed_over() -> None:
    with closing(ports.listen("127.0.0.1", 0)) as first:
        taken = first.getsockname()[1]
        with closing(ports.listen("127.0.0.1", taken)) as second:
            assert second.getsockname()[1] > taken


def test_when_every_port_is_taken_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "TRIES", 1)
    with closing(ports.listen("127.0.0.1", 0)) as first, pytest.raises(Refusal) as caught:
        ports.listen("127.0.0.1", first.getsockname()[1])
    assert caught.value.code == "no_free_port"


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_a_host_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(Refusal) as caught:
        ports.listen(host, 0)
    assert (caught.value.code, caught.value.found) == ("host_unusable", host)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("::1", "[::1]")],  # noqa: S104
)
def test_the_address_is_one_a_person_can_type(host: str, shown: str) -> None:
    with closing(ports.listen(host, 0)) as listening:
        assert ports.address_of(listening) == f"http://{shown}:{listening.getsockname()[1]}/"


def test_a_data_folder_has_one_installation(tmp_path: Path) -> None:
    first = instance.claim(tmp_path)
    assert first is not None
    assert instance.claim(tmp_path) is None
    first.close()
    second = instance.claim(tmp_path)
    assert second is not None
    second.close()


def test_a_second_start_learns_where_the_first_answers(tmp_path: Path) -> None:
    first = instance.claim(tmp_path)
    assert first is not None
    first.announce("http://127.0.0.1:8000/")
    found = instance.find_running(tmp_path, patience=0)
    assert found == instance.Instance(os.getpid(), "http://127.0.0.1:8000/")
    first.close()


def test_a_first_start_that_has_no_address_yet_is_waited_for(tmp_path: Path) -> None:
    assert instance.find_running(tmp_path, patience=0) is None
    first = instance.claim(tmp_path)
    assert first is not None
    begun = time.monotonic()
    assert instance.find_running(tmp_path, patience=0.3) == instance.Instance(os.getpid())
    assert time.monotonic() - begun >= 0.3
    first.close()


def test_the_claim_of_a_killed_start_is_free(tmp_path: Path) -> None:
    holding = textwrap.dedent(
        """
        import pathlib, sys, time
        from collabscreen.running.instance import claim
        held = claim(pathlib.Path(sys.argv[1]))
        print("held", flush=True)
        time.sleep(60)
        """
    )
    first = subprocess.Popen(
        [sys.executable, "-c", holding, str(tmp_path)], stdout=subprocess.PIPE, cwd=BASE_DIR
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        assert instance.claim(tmp_path) is None
        first.kill()
        first.wait()
    claimed = instance.claim(tmp_path)
    assert claimed is not None
    claimed.close()


def test_what_does_not_answer_is_not_running() -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    assert not instance.await_answer(address, patience=0.3)


def test_children_end_together() -> None:
    family = [sleeper("one"), sleeper("two")]
    for child in family:
        child.start()
    children.end_all(family)
    assert [child.process.poll() is not None for child in family] == [True, True]


def test_a_child_that_does_not_listen_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(children, "PATIENCE_SECONDS", 0.2)
    deaf = textwrap.dedent(
        """
        import pathlib, signal, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        pathlib.Path(sys.argv[1]).touch()
        time.sleep(60)
        """
    )
    child = children.Child("deaf", (sys.executable, "-c", deaf, str(tmp_path / "deaf")))
    child.start()
    while not (tmp_path / "deaf").exists():
        time.sleep(0.05)
    child.ask_to_end()
    child.end()
    assert child.process.returncode == -signal.SIGKILL


def test_what_a_child_forked_ends_with_it(tmp_path: Path) -> None:
    forks = textwrap.dedent(
        """
        import pathlib, subprocess, sys, time
        inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        pathlib.Path(sys.argv[1]).write_text(str(inner.pid))
        time.sleep(60)
        """
    )
    child = children.Child("forks", (sys.executable, "-c", forks, str(tmp_path / "pid")))
    child.start()
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.05)
    inner = int((tmp_path / "pid").read_text())
    child.process.kill()
    child.end()
    assert until_gone(inner)


def test_children_hear_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = textwrap.dedent(
        """
        import pathlib, sys, time
        from collabscreen.running.children import Child
        child = Child("sleeper", (sys.executable, "-c", "import time; time.sleep(60)"))
        child.start()
        pathlib.Path(sys.argv[1]).write_text(str(child.process.pid))
        print("started", flush=True)
        time.sleep(60)
        """
    )
    started = subprocess.Popen(
        [sys.executable, "-c", parent, str(tmp_path / "pid")], stdout=subprocess.PIPE, cwd=BASE_DIR
    )
    with started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"started\n"
        started.kill()
    assert until_gone(int((tmp_path / "pid").read_text()))


def test_restarts_of_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "RESTARTS_SECONDS", 0.0)
    monkeypatch.setattr(children, "MOST_RESTARTS", 1)
    ends = iter([None, None, KeyboardInterrupt()])
    child = children.Child("brief one", (sys.executable, "-c", "pass"))
    child.start()
    begin = child.start

    def start_until_interrupted() -> None:
        if (end := next(ends)) is not None:
            raise end
        begin()

    monkeypatch.setattr(child, "start", start_until_interrupted)
    with pytest.raises(KeyboardInterrupt):
        children.watch([child])


def test_a_child_that_dies_is_started_again_and_at_last_given_up(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(children, "MOST_RESTARTS", 2)
    child = children.Child("brief one", (sys.executable, "-c", "pass"))
    child.start()
    with pytest.raises(ChildProcessError, match="brief one keeps ending"):
        children.watch([child])
    assert len(child.restarts) == 2
    assert capfd.readouterr().err.count("starting it again") == 2
