"""A leaf turned round is noticed by a worked case, or lives and has to have a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.engine.conditions.tree import leaves_of
from apps.engine.refusal import Refusals
from apps.rulebook.domain.golden.hunt import hunt_mutants
from apps.rulebook.domain.golden.mutants import mutants_of
from apps.rulebook.domain.shipped import FIXTURES, shipped_edition

REGIME = "US-outbound"
RULE = "us-outbound.investment.joint_venture"
SHIPPED = FIXTURES / "golden" / "us-outbound"
NONE_WRITTEN = "format: survivors/1\nsurvivors: []\n"
TWICE = """format: survivors/1
survivors:
  - {mutant: a#1, reason: b}
  - {mutant: a#1, reason: c}
"""
ONE_CASE = """format: golden/1
cases:
  - id: company
    on: 2026-11-22
    regimes: [US-outbound]
    facts:
      complete: true
      activity: {kind: joint_venture, host: us}
      organisations:
        us: {country: US, kind: company}
        partner: {country: CN, kind: company}
      items:
        model: {nature: technology}
      releases:
        - {id: r1, from: us, who: partner, what: model, how: disclosure, where: CN}
    expect:
      - {regime: US-outbound, outcome: undetermined}
"""


@pytest.fixture
def reasons(tmp_path: Path) -> Path:
    """A file in which no reason is written yet."""
    file = tmp_path / "survivors.yaml"
    file.write_text(NONE_WRITTEN)
    return file


@pytest.fixture
def one_case(tmp_path: Path) -> Path:
    """A single case, which leaves some leaves alone."""
    file = tmp_path / "one.yaml"
    file.write_text(ONE_CASE)
    return file


def hunted(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """With what the command ended, and what it printed as JSON."""
    with pytest.raises(SystemExit) as ended:
        call_command("rules", "mutate", "--json", f"--regime={REGIME}", *words)
    assert isinstance(ended.value.code, int)
    return ended.value.code, json.loads(capsys.readouterr().out)


def lived(file: Path, *mutants: str) -> None:
    rows = "".join(f"  - {{mutant: {name}, reason: It may}}\n" for name in mutants)
    file.write_text(f"format: survivors/1\nsurvivors:\n{rows}")


def test_every_leaf_turned_round_is_noticed_by_the_shipped_cases(
    capsys: pytest.CaptureFixture[str], reasons: Path
) -> None:
    code, answer = hunted(capsys, f"--path={SHIPPED}", f"--reasons={reasons}")
    result = answer["result"]
    assert (code, answer["ok"], answer["command"]) == (0, True, "rules mutate")
    assert (result["mutants"], result["noticed"], result["share"]) == (4, 4, 100.0)
    assert result["survivors"] == []


def test_a_case_that_notices_is_named(one_case: Path) -> None:
    hunt = hunt_mutants(one_case, shipped_edition(), regime=REGIME)
    assert hunt.killed[f"{RULE}#1"] == "company"


def test_a_leaf_that_no_case_notices_survives_and_is_named(
    capsys: pytest.CaptureFixture[str], one_case: Path, reasons: Path
) -> None:
    code, answer = hunted(capsys, f"--path={one_case}", f"--reasons={reasons}")
    survivors = answer["result"]["survivors"]
    assert (code, answer["ok"]) == (1, True)
    assert [one["mutant"] for one in survivors] == [f"{RULE}#4"]
    assert survivors[0]["rule"] == RULE
    assert "employer" in survivors[0]["leaf"]
    assert survivors[0]["reason"] == ""


def test_a_reason_stands_beside_its_survivor_and_does_not_lift_the_share(
    capsys: pytest.CaptureFixture[str], one_case: Path, reasons: Path
) -> None:
    lived(reasons, f"{RULE}#4", "us-ear.reasons.chart_free#1")
    code, answer = hunted(capsys, f"--path={one_case}", f"--reasons={reasons}")
    assert [one["reason"] for one in answer["result"]["survivors"]] == ["It may"]
    assert (code, answer["result"]["share"]) == (1, 75.0)


@pytest.mark.parametrize("mutant", [f"{RULE}#1", f"{RULE}#9", f"{RULE}/none#1"])
def test_a_reason_for_a_mutant_that_does_not_live_is_stale(
    capsys: pytest.CaptureFixture[str], one_case: Path, reasons: Path, mutant: str
) -> None:
    lived(reasons, mutant, f"{RULE}#4")
    code, answer = hunted(capsys, f"--path={one_case}", f"--reasons={reasons}")
    found = [(item["code"], item["found"], item["file"]) for item in answer["errors"]]
    assert (code, found) == (2, [("stale_reason", mutant, "survivors.yaml")])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("format: survivors/2\nsurvivors: []\n", "unknown_value"),
        ("format: survivors/1\nsurvivors:\n  - {mutant: a#1}\n", "missing_key"),
        (TWICE, "duplicate_id"),
    ],
)
def test_reasons_that_cannot_be_read_are_refused(
    capsys: pytest.CaptureFixture[str], reasons: Path, text: str, code: str
) -> None:
    reasons.write_text(text)
    ended, answer = hunted(capsys, f"--path={SHIPPED}", f"--reasons={reasons}")
    assert (ended, [item["code"] for item in answer["errors"]]) == (2, [code])


def test_without_a_case_that_passes_nothing_is_hunted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, reasons: Path
) -> None:
    failing = tmp_path / "failing.yaml"
    failing.write_text(ONE_CASE.replace("outcome: undetermined", "outcome: excluded"))
    unread = tmp_path / "unread.yaml"
    unread.write_text(ONE_CASE.replace("country: CN", "country: XQ"))
    for path, code in ((failing, "no_mutants"), (unread, "unknown_country")):
        ended, answer = hunted(capsys, f"--path={path}", f"--reasons={reasons}")
        assert (ended, [item["code"] for item in answer["errors"]]) == (2, [code])


def test_a_leaf_that_a_person_settles_is_no_mutant() -> None:
    rules = [
        rule
        for rule in shipped_edition().rules
        if any(leaf.op == "certificate" for leaf in leaves_of(rule.when))
    ]
    assert rules
    for rule in rules:
        turned = [change.mutant for change in mutants_of(rule)]
        own = [leaf for leaf in leaves_of(rule.when) if leaf.op != "certificate"]
        assert [mutant.leaf for mutant in turned if not mutant.term] == [leaf.text for leaf in own]


def test_the_text_begins_with_the_share_and_says_where_no_reason_is(
    capsys: pytest.CaptureFixture[str], one_case: Path, reasons: Path
) -> None:
    words = (f"--path={one_case}", f"--reasons={reasons}", f"--regime={REGIME}")
    with pytest.raises(SystemExit) as ended:
        call_command("rules", "mutate", *words)
    lines = capsys.readouterr().out.splitlines()
    assert (ended.value.code, lines[0]) == (1, "75.0 % of 4 mutants noticed, 1 survive")
    assert lines[1].startswith(f"{RULE}#4: ")
    assert lines[2] == "  no reason is written"
    lived(reasons, "none#1")
    with pytest.raises(SystemExit):
        call_command("rules", "mutate", *words)
    assert "Take the reason out." in capsys.readouterr().err


def test_what_cannot_be_hunted_is_refused_in_words() -> None:
    with pytest.raises(Refusals, match="nothing to hunt"):
        hunt_mutants(SHIPPED, shipped_edition(), regime="XX")
