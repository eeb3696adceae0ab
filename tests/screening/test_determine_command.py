"""`determine FACTS.yaml` answers from the shipped files alone, with equal bytes for equal input."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command

from apps.rulebook.domain.files import read_folder
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.shipped import FIXTURES, FOLDER

FACTS = """format: facts/1
facts:
  complete: true
  activity: {kind: visit, host: campus, nature: applied, publication: restricted}
  organisations:
    campus: {country: US, kind: university, name: Demo State University}
  people:
    lin: {citizenships: [{country: CN}], employment: student, visa: F-1, name: Lin Wei}
    omar: {citizenships: unknown, employment: student, visa: F-1}
  items:
    cell: {nature: technology, control: {US-EAR: {item: 3E001, for: 3A001.e.1.b}},
           proprietary_input: true}
  releases:
    - {id: r1, from: campus, who: [lin, omar], what: cell, how: disclosure, where: US}
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(FACTS)
    return path


def answer(capsys: pytest.CaptureFixture[str], path: Path, **options: object) -> Any:
    call_command("determine", path, **{"on": "2026-11-22", "json": True, **options})
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], path: Path, **options: object) -> Any:
    with pytest.raises(SystemExit) as ended:
        call_command("determine", path, **{"on": "2026-11-22", "json": True, **options})
    assert ended.value.code == 2
    whole = json.loads(capsys.readouterr().out)
    assert (whole["ok"], whole["result"]) == (False, {})
    return whole["errors"]


def test_an_answer_has_the_shape_others_rely_on(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = answer(capsys, facts)
    assert sorted(whole) == [
        *("command", "edition", "errors", "format", "lists", "ok", "on", "result")
    ]
    head = (whole["format"], whole["command"], whole["ok"], whole["on"], whole["lists"])
    assert head == ("collabscreen/1", "determine", True, "2026-11-22", [])
    result = whole["result"]
    assert (result["outcome"], result["open"], result["tier"]) == ("licence_required", 1, "T4")
    assert (result["route"]["office"], result["route"]["desk"]) == ("research-security", "triage")
    cells = [
        (part["key"], cell["regime"], cell["outcome"])
        for part in result["exposures"]
        for cell in part["regimes"]
        if cell["regime"] == "US-EAR"
    ]
    assert cells == [
        ("r1/lin/cell", "US-EAR", "licence_required"),
        ("r1/omar/cell", "US-EAR", "needs_information"),
    ]


def test_equal_input_gives_equal_bytes_that_name_no_path_of_the_machine(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "case.yaml").write_text(FACTS)
    texts = []
    for path in (facts, other / "case.yaml"):
        for as_json in (True, False):
            call_command("determine", path, on="2026-11-22", json=as_json)
            texts.append(capsys.readouterr().out)
    assert texts[:2] == texts[2:]
    assert not any(str(tmp_path) in text for text in texts)


def test_the_text_tells_matrix_reasons_citations_and_questions(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("determine", facts, on="2026-11-22")
    lines = capsys.readouterr().out.splitlines()
    assert "Outcome licence_required, 1 open, tier T4" in lines
    assert "r1/lin/cell   licence_required     US-EAR" in lines
    assert any("us-ear.reasons.chart" in line and "[15 CFR 738.4]" in line for line in lines)
    assert "  1. people.omar.citizenships: " in "\n".join(lines)


def test_a_condition_is_told_with_its_source(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = FACTS.replace("CN", "DE").replace("[lin, omar]", "lin")
    facts.write_text(german.replace("3A001.e.1.b}", "3A001.e.1.b, eligible: [STA]}"))
    call_command("determine", facts, on="2026-11-22")
    text = capsys.readouterr().out
    assert "condition tsr_assurance (before_release)" in text
    assert "also open: exception:STA" in text


def test_a_rule_is_explained_in_words_and_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("determine", explain="us-ear.exceptions.tsr", on="2026-11-22")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "us-ear.exceptions.tsr: Technology and software under restriction"
    call_command("determine", explain="us-ear.exceptions.tsr", on="2026-11-22", json=True)
    whole = json.loads(capsys.readouterr().out)
    assert (whole["ok"], whole["on"], whole["result"]["lines"]) == (True, "2026-11-22", lines)


@pytest.mark.parametrize(
    ("options", "code"), [({}, "no_facts"), ({"explain": "us-ear.none"}, "unknown_rule")]
)
def test_nothing_and_an_unknown_rule_are_refused(
    capsys: pytest.CaptureFixture[str], options: dict[str, str], code: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("determine", json=True, **options)
    assert ended.value.code == 2
    assert [no["code"] for no in json.loads(capsys.readouterr().out)["errors"]] == [code]


def test_a_party_whose_hits_are_absent_is_searched(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = FACTS.replace("  complete: true\n", "").replace(
        "name: Demo State University", "name: Harbin Institute of Technology"
    )
    facts.write_text(listed)
    whole = answer(capsys, facts)
    assert [part["list"] for part in whole["lists"]] != []
    facts.write_text(listed.replace("kind: university,", "kind: university, hits: [],", 1))
    call_command("determine", facts, on="2026-11-22")
    assert "Lists: search complete: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "path"),
    [
        ("format: facts/1", "format: facts/9", "unknown_value", 1, "format"),
        ("country: CN", "country: XQ", "unknown_country", 8,
         "facts.people.lin.citizenships[0].country"),
        ("item: 3E001", "item: 3Z001", "unknown_item", 11, "facts.items.cell.control.US-EAR.item"),
        ("employment: student", "job: student", "unknown_fact", 8, "facts.people.lin.job"),
        ("facts:\n  complete", "notes: x\nfacts:\n  complete", "unknown_key", 2, "notes"),
        ("complete: true", "complete: ~", "yaml_null", 3, "facts.complete"),
    ],
)  # fmt: skip
def test_input_is_refused_where_it_stands(
    facts: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: str,
    line: int,
    path: str,
) -> None:
    facts.write_text(FACTS.replace(old, new, 1))
    first = refused(capsys, facts)[0]
    found = (first["code"], first["file"], first["line"], first["path"])
    assert found == (code, "case.yaml", line, path)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "path"),
    [
        ("who: [lin, omar], ", "", "incomplete_release", 14, "facts.releases.r1.who"),
        ("who: [lin, omar]", "who: []", "no_exposure", 13, "facts.releases"),
    ],
)
def test_a_release_to_nobody_is_refused_where_it_stands(
    facts: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: str,
    line: int,
    path: str,
) -> None:
    facts.write_text(FACTS.replace(old, new, 1))
    (only,) = refused(capsys, facts)
    found = (only["code"], only["file"], only["line"], only["path"])
    assert found == (code, "case.yaml", line, path)


def test_an_absent_file_and_an_impossible_day_are_refused(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (absent,) = refused(capsys, facts.with_name("absent.yaml"))
    (day,) = refused(capsys, facts, on="2026-02-30")
    assert (absent["code"], absent["file"], day["code"]) == (
        "file_unreadable",
        "absent.yaml",
        "impossible_date",
    )
    with pytest.raises(SystemExit):
        call_command("determine", facts, on="soon")
    assert "There is no such day." in capsys.readouterr().err


@pytest.mark.django_db
def test_a_loaded_edition_answers_as_its_files_do(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = read_folder(FOLDER)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    load_edition(book.rows, id=book.id, by="system:test", at=at, since=date(2026, 11, 1))
    assert answer(capsys, facts, edition=book.id) == answer(capsys, facts)
    (unknown,) = refused(capsys, facts, edition="2020-01-a")
    assert unknown["code"] == "unknown_edition"


def test_what_is_printed_is_valid_by_the_schema_on_file(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = json.loads((FIXTURES / "schemas" / "outputs.json").read_text(encoding="utf-8"))
    checked = jsonschema.Draft202012Validator(schema)
    for text in (FACTS, FACTS.replace("CN", "DE"), FACTS.replace("complete: true", "complete: no")):
        facts.write_text(text)
        with contextlib.suppress(SystemExit):
            call_command("determine", facts, on="2026-11-22", json=True)
        printed = json.loads(capsys.readouterr().out)
        assert [error.message for error in checked.iter_errors(printed)] == []
