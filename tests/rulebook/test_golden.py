"""Golden cases are read one by one, compared in everything they expect, and counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.rulebook.domain.golden.compare import covers

HEAD = "format: golden/1\ncases:\n"
CASE = """  - id: {id}
    name: Battery cell technology for a visitor
    on: 2026-11-22
    regimes: [US-EAR]
    facts:
      complete: true
      activity: {{kind: visit, host: us, nature: applied, publication: restricted}}
      organisations:
        us: {{country: US, kind: university}}
      people:
        visitor: {{citizenships: {citizenships}, employment: student, visa: J-1}}
      items:
        cell: {{nature: technology, control: {{US-EAR: {{item: 3E001, for: 3A001.e.1.b}}}},
                proprietary_input: true}}
      releases:
        - {{id: r1, from: us, who: visitor, what: cell, how: disclosure, where: US}}
    expect:
      - {{{expect}}}
"""
CHINA = "[{country: CN}]"
INDIA = "[{country: IN}]"
LICENCE = "regime: US-EAR, outcome: licence_required"


def case(expect: str, citizenships: str = CHINA, more: str = "", id: str = "c") -> str:  # noqa: A002
    return CASE.format(id=id, citizenships=citizenships, expect=expect) + more


def run(path: Path, capsys: pytest.CaptureFixture[str], **options: object) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as ended:
        call_command("golden", path=path, json=True, **options)
    assert isinstance(ended.value.code, int)
    return ended.value.code, json.loads(capsys.readouterr().out)


def failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> list[tuple[str, str, object, object]]:
    (tmp_path / "a.yaml").write_text(HEAD + text)
    _, answer = run(tmp_path, capsys)
    assert answer["errors"] == []
    return [
        (part["key"], part["what"], part["expected"], part["found"])
        for part in answer["result"]["cases"][0]["failures"]
    ]


@pytest.mark.parametrize(
    ("citizenships", "expect"),
    [
        (CHINA, LICENCE + ", conditions: [], questions: 0"),
        (CHINA, "outcome: licence_required"),
        (CHINA, "release: r1, who: visitor, what: cell, outcome: [prohibited, licence_required]"),
        (CHINA, LICENCE + ', cites: ["15 CFR 738.4"], fires: [us-ear.reasons.chart]'),
        (CHINA, LICENCE + ", silent: [us-ear.exclusions.published]"),
        (INDIA, "outcome: exception:TSR, conditions: [tsr_assurance]"),
        ("unknown", "outcome: needs_information, asks: [people.visitor.citizenships]"),
        (
            "unknown",
            "outcome: needs_information, asks: [[people.x.visa, people.visitor.citizenships]]",
        ),
    ],
)
def test_a_case_that_holds_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], citizenships: str, expect: str
) -> None:
    assert failures(tmp_path, capsys, case(expect, citizenships)) == []


@pytest.mark.parametrize(
    ("expect", "what", "expected", "found"),
    [
        ("outcome: excluded", "outcome", "excluded", "licence_required"),
        (LICENCE + ", conditions: [nda]", "conditions", ["nda"], []),
        (LICENCE + ", questions: 1", "questions", 1, 0),
        (LICENCE + ", asks: [activity.kind]", "asks", "activity.kind", []),
        (LICENCE + ", fires: [no.such.rule]", "fires", "no.such.rule", "no such rule"),
        (LICENCE + ", silent: [us-ear.reasons.chart]", "silent", "us-ear.reasons.chart", "fired"),
    ],
)
def test_each_difference_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    expect: str,
    what: str,
    expected: object,
    found: object,
) -> None:
    assert failures(tmp_path, capsys, case(expect)) == [("r1/visitor/cell", what, expected, found)]


def test_a_citation_that_no_fired_rule_has_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = failures(tmp_path, capsys, case(LICENCE + ', cites: ["15 CFR 999"]'))
    assert [part[:3] for part in found] == [("r1/visitor/cell", "cites", "15 CFR 999")]


def test_a_row_that_selects_nothing_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = failures(tmp_path, capsys, case("release: r9, outcome: excluded"))
    assert found == [("r9/*/*", "exposure", "at least one", "none")]


def test_the_whole_case_is_compared_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = "    overall: {outcome: licence_required, open: 0, tier: T4}\n"
    assert failures(tmp_path, capsys, case(LICENCE, more=right)) == []
    wrong = "    overall: {outcome: excluded, open: 2, tier: T0}\n"
    assert failures(tmp_path, capsys, case(LICENCE, more=wrong)) == [
        ("", "overall.outcome", "excluded", "licence_required"),
        ("", "overall.open", 2, 0),
        ("", "overall.tier", "T0", "T4"),
    ]


def test_the_answer_counts_cases_and_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.yml").write_text(HEAD + case("outcome: excluded", id="second"))
    (tmp_path / "a.yaml").write_text(HEAD + case(LICENCE, id="first"))
    code, answer = run(tmp_path, capsys)
    assert (code, answer["ok"], answer["command"], answer["on"]) == (1, True, "golden", None)
    assert answer["edition"]["id"] == "2026-11-a"
    result = answer["result"]
    assert (result["passed"], result["failed"]) == (1, 1)
    cases = [(part["id"], part["file"], part["passed"]) for part in result["cases"]]
    assert cases == [("first", "a.yaml", True), ("second", "sub/b.yml", False)]
    assert result["cases"][0]["overall"] == {"outcome": "licence_required", "open": 0}
    assert "us-ear.reasons.chart" not in result["rules_without_hit"]
    assert "us-ear.reasons.chart" in result["rules_without_miss"]


def test_a_case_that_cannot_be_read_fails_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = case("outcome: maybe", id="bad") + case(LICENCE, id="good")
    text += case(LICENCE, "[{country: XQ}]", id="nowhere")
    (tmp_path / "a.yaml").write_text(HEAD + text)
    (tmp_path / "b.yaml").write_text("a: &x 1\n")
    (tmp_path / "c.yaml").write_text("format: golden/2\ncases: []\n")
    (tmp_path / "d.yaml").write_text(HEAD + case(LICENCE).replace("[US-EAR]", "[XX]"))
    code, answer = run(tmp_path, capsys)
    assert (code, answer["ok"]) == (1, False)
    passed = [(part["file"], part["id"], part["passed"]) for part in answer["result"]["cases"]]
    assert passed == [
        ("a.yaml", "bad", False),
        ("a.yaml", "good", True),
        ("a.yaml", "nowhere", False),
        ("b.yaml", "", False),
        ("c.yaml", "", False),
        ("d.yaml", "c", False),
    ]
    errors = [(item["code"], item["file"], item["line"]) for item in answer["errors"]]
    assert errors == [
        ("unknown_value", "a.yaml", 20),
        ("unknown_country", "a.yaml", 49),
        ("yaml_anchor", "b.yaml", 1),
        ("unknown_value", "c.yaml", 1),
        ("unknown_regime", "d.yaml", None),
    ]


def test_a_case_may_expect_only_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = case(LICENCE).split("    expect:")[0] + "    overall: {outcome: licence_required}\n"
    assert failures(tmp_path, capsys, alone) == []


@pytest.mark.parametrize(
    ("expect", "code"),
    [
        ("outcome: excluded, asks: people.visitor.visa", "wrong_type"),
        ("outcome: excluded, asks: [true]", "wrong_type"),
        ("outcome: excluded, questions: 1.5", "wrong_type"),
        ("outcome: [excluded, true]", "wrong_type"),
        ("outcome: excluded, release: [r1]", "wrong_type"),
        ("outcome: excluded, tier: T1", "unknown_key"),
        ("regime: US-EAR", "missing_key"),
    ],
)
def test_an_expectation_is_refused_by_its_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect: str, code: str
) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + case(expect))
    _, answer = run(tmp_path, capsys)
    assert [item["code"] for item in answer["errors"]] == [code]


def test_only_cases_of_a_regime_are_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + case(LICENCE))
    assert run(tmp_path, capsys, regime="US-EAR")[1]["result"]["passed"] == 1
    code, answer = run(tmp_path, capsys, regime="AU")
    assert (code, [item["code"] for item in answer["errors"]]) == (2, ["no_cases"])


def test_no_case_found_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path, tmp_path / "absent", tmp_path / "absent.yaml", tmp_path / ("x" * 300)):
        code, answer = run(path, capsys)
        assert (code, [item["code"] for item in answer["errors"]]) == (2, ["no_cases"])


def test_the_last_line_of_the_text_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + case("outcome: excluded") + case(LICENCE, id="d"))
    with pytest.raises(SystemExit) as ended:
        call_command("golden", path=tmp_path / "a.yaml")
    lines = capsys.readouterr().out.splitlines()
    assert (ended.value.code, lines[-1]) == (1, "1 passed, 1 failed")
    assert lines[0] == "FAILED a.yaml c: Battery cell technology for a visitor"


@pytest.mark.parametrize(
    ("citation", "cited", "answer"),
    [
        ("15 CFR 740.6", "15 CFR 740.6", True),
        ("15 CFR 740.6", "15 CFR 740.6(a)(1)", True),
        ("15 CFR 740.6", " 15  CFR 740.6(a)", True),
        ("15 CFR 740.6", "15 CFR 740.60", False),
        ("15 CFR 740.6(a)", "15 CFR 740.6", False),
        ("15 CFR 740", "15 CFR 740.6", True),
    ],
)
def test_a_citation_covers_its_paragraphs(citation: str, cited: str, *, answer: bool) -> None:
    assert covers(citation, cited) is answer


@pytest.mark.parametrize("command", ["golden", "facts"])
def test_a_rulebook_that_cannot_be_read_is_refused(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edition.yaml").write_text("format: edition/1\nid: x\nfrom: soon\n")
    for arguments in (["--json"], []):
        with pytest.raises(SystemExit) as ended:
            call_command(command, f"--rulebook={folder}", *arguments)
        printed = capsys.readouterr()
        assert (ended.value.code, "There is no such day." in printed.out + printed.err) == (2, True)
        if arguments:
            errors = json.loads(printed.out)["errors"]
            assert [(item["code"], item["line"]) for item in errors] == [("impossible_date", 3)]


def test_facts_are_listed_with_the_rules_that_read_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("facts", json=True)
    answer = json.loads(capsys.readouterr().out)
    facts = {fact["name"]: fact for fact in answer["result"]["facts"]}
    published = facts["items.*.published"]
    assert (published["type"], published["privacy"]) == ("bool", 1)
    assert "us-ear.exclusions.published" in published["readers"]
    assert facts["people.*.citizenships"]["legal_basis"] != ""
    assert "items.*.control.*.item" in facts
    call_command("facts")
    assert len(capsys.readouterr().out.splitlines()) == len(facts)
