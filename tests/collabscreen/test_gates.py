"""The gates find what they are there to find."""

from __future__ import annotations

import io
import textwrap
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.api import snapshot
from collabscreen.gates import coverage, every, lifecycle, locks, openapi, sizes, sources
from collabscreen.gates.gate import Gate, Verdict, ask_all, by_command
from collabscreen.management.commands import lifecycle as draw_command
from collabscreen.management.commands import verify as command


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty project in place of ours."""
    for module in (sources, sizes, locks):
        monkeypatch.setattr(module, "BASE_DIR", tmp_path)
    return tmp_path


def test_a_shut_gate_stops_none_of_the_others() -> None:
    gates = [Gate("one", lambda: ["found"]), Gate("two", list)]
    assert [(verdict.name, verdict.passed) for verdict in ask_all(gates)] == [
        ("one", False),
        ("two", True),
    ]


def test_a_command_that_fails_shuts_its_gate_with_its_last_lines() -> None:
    gate = by_command("x", "-c", "import sys; print('line'); sys.exit('reason')")
    assert gate.ask() == ["line", "", "reason"]
    assert by_command("x", "-c", "print('fine')").ask() == []
    assert by_command("x", "-c", "import sys; sys.exit(3)").ask() == ["ended with 3"]


def test_a_stranger_at_the_top_level_is_found(project: Path) -> None:
    for name in ("apps/room.py", "manage.py", "notes.txt", "docs/page.md", "var/data"):
        file = project / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    assert sources.strangers() == ["docs", "notes.txt"]


def test_a_file_and_a_function_that_grew_too_long_are_found(project: Path) -> None:
    (project / "fine.py").write_text("def f():\n" + "    x = 1\n" * 49)
    (project / "long.py").write_text("def f():\n" + "    x = 1\n" * 50 + "\n" * 350)
    found = list(sizes.oversized([Path("fine.py"), Path("long.py")]))
    assert found == ["long.py: 401 lines, at most 400", "long.py:1: f: 51 lines, at most 50"]


def test_migrations_are_not_measured(project: Path) -> None:
    for name in ("apps/a/migrations/0001.py", "apps/a/models.py", "tests/t.py", "apps/a/x.txt"):
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert sources.python_files() == [Path("apps/a/models.py")]
    assert sources.python_files(under=("tests",)) == [Path("tests/t.py")]


def write_lock(project: Path, lock: str) -> list[str]:
    (project / "pyproject.toml").write_text(
        textwrap.dedent(
            """
            [project]
            dependencies = ["Django>=5.2"]
            [dependency-groups]
            dev = []
            browser = []
            """
        )
    )
    (project / "requirements.txt").write_text(lock)
    (project / "collabscreen" / "locks").mkdir(parents=True)
    (project / "collabscreen" / "locks" / "browser.txt").touch()
    return list(locks.stale_locks())


HASHED = " \\\n    --hash=sha256:" + "a" * 64 + "\n"


def test_a_fresh_lock_has_no_fault(project: Path) -> None:
    assert write_lock(project, f"django==5.2.19{HASHED}") == []


def test_a_lock_that_misses_what_is_asked_for_is_stale(project: Path) -> None:
    found = write_lock(project, f"django==4.2{HASHED}")
    assert found == ["requirements.txt: does not hold Django>=5.2; compile it again"]


def test_a_lock_without_hashes_is_refused(project: Path) -> None:
    found = write_lock(project, "django==5.2.19\n")
    assert found == ["requirements.txt: django has no hash"]


@pytest.mark.parametrize("word", ["-f", "--pre", "https://packages.example.org/simple"])
def test_a_lock_that_may_lead_elsewhere_is_refused(project: Path, word: str) -> None:
    found = write_lock(project, f"{word}\ndjango==5.2.19{HASHED}")
    assert found == [f"requirements.txt: may lead elsewhere ({word})"]


def report(*, overall: float, file: str, lines: list[int], branches: list[list[int]]) -> list[str]:
    told = {"missing_lines": lines, "missing_branches": branches}
    return list(coverage.judge({"totals": {"percent_covered": overall}, "files": {file: told}}))


def test_the_core_is_covered_to_the_last_branch_and_the_rest_nearly() -> None:
    core = "apps/engine/tier.py"
    assert report(overall=95, file=core, lines=[], branches=[]) == []
    assert report(overall=95, file="apps/api/urls.py", lines=[3], branches=[[1, 2]]) == []
    assert report(overall=95, file=core, lines=[], branches=[[3, 4]]) == [
        "apps/engine/tier.py: lines [], branches [[3, 4]]"
    ]
    assert report(overall=94.9, file=core, lines=[3], branches=[]) == [
        "all: 94.9 % of lines and branches, at least 95 %",
        "apps/engine/tier.py: lines [3], branches []",
    ]


def test_the_suite_is_measured_in_a_process_of_its_own() -> None:
    found = coverage.uncovered("tests/engine/test_tier.py")
    assert found[0].startswith("all: ")
    assert any(line.startswith("apps/audit/models.py: lines [") for line in found)


def test_a_suite_that_fails_is_told_instead_of_measured() -> None:
    found = coverage.uncovered("tests/none.py", "-n", "0")
    assert "ERROR: file or directory not found: tests/none.py" in found


def test_a_picture_out_of_step_is_found(tmp_path: Path) -> None:
    picture = tmp_path / "lifecycle.md"
    assert list(lifecycle.faults(picture)) == [
        "lifecycle.md is out of step; run: python3 manage.py lifecycle"
    ]
    picture.write_text(lifecycle.draw())
    assert list(lifecycle.faults(picture)) == []


def test_the_picture_is_drawn_by_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    picture = tmp_path / "lifecycle.md"
    monkeypatch.setattr(draw_command, "PICTURE", picture)
    call_command("lifecycle", stdout=io.StringIO())
    assert list(lifecycle.faults(picture)) == []


def test_the_picture_shows_where_a_case_begins_and_ends() -> None:
    lines = lifecycle.draw().splitlines()
    assert "    [*] --> draft" in lines
    assert "    withdrawn --> [*]" in lines
    assert any(line.startswith("    draft --> screening : submit") for line in lines)


def test_a_status_nothing_leads_to_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tuple(move for move in lifecycle.TABLE if move.verb != "discard")
    monkeypatch.setattr(lifecycle, "TABLE", table)
    assert "discarded: no move leads there" in list(lifecycle.faults())


def test_a_status_nobody_leaves_must_be_final(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tuple(move for move in lifecycle.TABLE if move.source != "draft")
    monkeypatch.setattr(lifecycle, "TABLE", table)
    assert "draft: final and left, or neither final nor left" in list(lifecycle.faults())


def test_an_api_that_is_not_as_promised_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "none.yaml"
    monkeypatch.setattr(openapi, "drift", lambda: snapshot.drift(missing))
    (found,) = openapi.differences()
    assert found.startswith("schema.yaml is out of step")


def verify(*words: str) -> tuple[str, str]:
    """What the command printed, and with what it ended."""
    out = io.StringIO()
    try:
        call_command("verify", *words, stdout=out)
    except CommandError as error:
        return out.getvalue(), f"{error.returncode}: {error}"
    return out.getvalue(), "0"


@pytest.fixture
def two_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (Gate("good", list), Gate("bad", lambda: ["because"]))
    monkeypatch.setattr(command, "gates", lambda: made)


def test_verify_asks_what_it_is_told_and_ends_with_the_answer(two_gates: None) -> None:
    printed, ended = verify()
    assert [line.split()[:2] for line in printed.splitlines()] == [
        ["ok", "good"],
        ["SHUT", "bad"],
        ["because"],
        ["1", "open,"],
    ]
    assert ended == "1: Shut: bad."
    assert verify("good")[1] == "0"
    assert verify("--without", "bad")[1] == "0"
    assert verify("none")[1] == "2: No such gate: none."


def test_a_verdict_is_passed_when_nothing_was_found() -> None:
    assert Verdict("x", [], 0.1).passed
    assert not Verdict("x", ["y"], 0.1).passed


def test_gates_have_names_of_their_own() -> None:
    named = [gate.name for gate in every.gates()]
    assert len(named) == len(set(named)) == 13
