"""A rulebook folder is read whole or refused whole, every fault with file, line and remedy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from apps.engine.refusal import Refusals
from apps.rulebook.domain.files import read_folder
from apps.rulebook.domain.shipped import FOLDER, shipped_edition
from tests.rulebook.conftest import Spoil

RULE = """format: rules/1
pack: institution
regime: US-EAR
rules:
  - id: campus.review
    title: Everything is reviewed
    stage: policy
    when: {is: [activity.kind, visit]}
    source: {citation: "Senate rule 4", read: "own text", confidence: verified}
    because: {fired: "Visits are reviewed", silent: "Not a visit"}
    from: 2026-01-01
    until: 2027-06-30
    owner: rules admin
"""


def test_the_shipped_rulebook_is_read_within_a_second() -> None:
    start = time.process_time()  # of work: other programs of the machine do not count
    book = read_folder(FOLDER)
    assert time.process_time() - start < 1.0
    assert (book.id, len(book.rows.rules) > 25) == ("2026-11-a", True)


def test_the_shipped_rulebook_is_the_same_every_time() -> None:
    first, second = read_folder(FOLDER).rows, read_folder(FOLDER).rows
    assert first == second
    assert first.digest() == second.digest()
    assert shipped_edition().digest == first.digest()


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line"),
    [
        ("tables/countries.csv", "country,name", "name,country", "table_header", 1),
        ("tables/countries.csv", "AD,Andorra,,,,", "AD,Andorra,,,", "table_line", 2),
        ("tables/countries.csv", "AD,Andorra", "AD,", "table_cell", 2),
        ("tables/countries.csv", "iso-3166-1", "iso-9", "table_cell", 2),
        ("tables/countries.csv", "AD,Andorra,,,", "AD,Andorra,,2026-02-30,", "table_cell", 2),
        ("tables/countries.csv", "Andorra", '"Andorra"x', "table_syntax", 2),
        ("tables/chart.csv", ",yes,", ",maybe,", "table_cell", 2),
        ("tables/items.csv", ",does_not_apply,", ",perhaps,", "table_cell", 2),
        ("tables/thresholds.csv", "550", "much", "table_cell", 2),
        ("tables/thresholds.csv", "550", "NaN", "table_cell", 2),
        ("edition.yaml", "2026-11-a", "The One", "edition_id", 3),
        ("edition.yaml", "2026-11-01", "soon", "impossible_date", 4),
        ("sources.yaml", "confidence: verified}", "confidence: hoped}", "unknown_value", 6),
        ("charters.yaml", "until: 2027-12-31", "until: open", "end_needed", 8),
        ("charters.yaml", "until: 2027-12-31", "until: 2025-12-31", "ends_before_it_begins", 8),
        ("charters.yaml", "catch_all: true", "catch_all: maybe", "wrong_type", 6),
        ("charters.yaml", "office:", "bureau:", "unknown_key", 4),
        ("charters.yaml", "units: [engineering]", "units: engineering", "wrong_type", 12),
        ("charters.yaml", "units: [engineering]", "units: [engineering, 3]", "wrong_type", 12),
        ("charters.yaml", "  - office: research", "  - 3\n  - office: research", "wrong_type", 4),
        ("charters.yaml", "charters:", "charters: none\nlater:", "unknown_key", 4),
        ("charters.yaml", "desk: triage", "desk: true", "wrong_type", 5),
        ("checks.yaml", "{US-EAR: 201}", "201", "wrong_type", 3),
        ("checks.yaml", "{US-EAR: 201}", "{US-EAR: many}", "wrong_type", 3),
        ("checks.yaml", '["EAR:D:1", "EAR:B"]', '["EAR:D:1"]', "wrong_type", 6),
    ],
)
def test_a_fault_is_refused_where_it_stands(
    spoil: Spoil, file: str, old: str, new: str, code: str, line: int
) -> None:
    first = spoil(file, old, new)[0]
    assert (first.code, first.file, first.line) == (code, file, line)
    assert first.what


def test_a_missing_file_is_refused(folder: Path) -> None:
    for name in ("tables/reasons.csv", "sources.yaml", "charters.yaml", "checks.yaml"):
        (folder / name).unlink()
    (folder / "edition.yaml").unlink()
    with pytest.raises(Refusals) as refused:
        read_folder(folder)
    missing = {item.file for item in refused.value.items if item.code == "file_unreadable"}
    assert missing == {
        *("tables/reasons.csv", "sources.yaml", "charters.yaml", "checks.yaml", "edition.yaml")
    }


def test_a_table_that_is_too_large_or_not_text_is_refused(folder: Path) -> None:
    (folder / "tables" / "items.csv").write_bytes(b"x" * 4_000_001)
    (folder / "tables" / "chart.csv").write_bytes(b"\xff")
    with pytest.raises(Refusals) as refused:
        read_folder(folder)
    found = [(item.code, item.file) for item in refused.value.items]
    assert found == [
        ("file_unreadable", "tables/chart.csv"),
        ("file_unreadable", "tables/items.csv"),
    ]


def add_rule(folder: Path, old: str = "", new: str = "") -> list[tuple[str, int | None]]:
    (folder / "campus.yaml").write_text(RULE.replace(old, new, 1) if old else RULE)
    try:
        read_folder(folder)
    except Refusals as refused:
        return [(item.code, item.line) for item in refused.items]
    return []


def test_a_rule_of_the_institution_with_an_end_is_read(folder: Path) -> None:
    assert add_rule(folder) == []
    rule = next(rule for rule in read_folder(folder).rows.rules if rule.id == "campus.review")
    assert (rule.pack, rule.file, rule.line) == ("institution", "campus.yaml", 5)
    assert str(rule.period.before) == "2027-07-01"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("until: 2027-06-30", "until: open", [("end_needed", 12)]),
        ("stage: policy", "stage: later", [("unknown_value", 7)]),
        ("    owner: rules admin\n", "", [("missing_key", 5)]),
        ("owner:", "boss:", [("unknown_key", 13), ("missing_key", 5)]),
        ("id: campus.review", "id: Campus Review", [("rule_id", 5)]),
        ("{is: [activity.kind, visit]}", "always", [("wrong_type", 8)]),
        ("2027-06-30", "2027-06-31", [("impossible_date", 12)]),
        ("confidence: verified", "note: none", [("missing_key", 9)]),
        ("id: campus.review", "id: us-ear.reasons.chart", [("duplicate_id", 23)]),
        ("format: rules/1", "format: rules/2", [("unknown_value", 1)]),
        ("regime: US-EAR", "rule: US-EAR", [("unknown_key", 3), ("missing_key", 1)]),
    ],
)
def test_a_rule_is_refused_by_its_shape(
    folder: Path, old: str, new: str, found: list[tuple[str, int]]
) -> None:
    assert [code for code, _ in add_rule(folder, old, new)] == [code for code, _ in found]


def test_law_may_stand_open_only_with_a_review(folder: Path) -> None:
    assert add_rule(folder, "stage: policy", "stage: requirements") == []
    text = RULE.replace("policy", "requirements").replace("2027-06-30", "open")
    (folder / "campus.yaml").write_text(text)
    with pytest.raises(Refusals) as refused:
        read_folder(folder)
    assert [item.code for item in refused.value.items] == ["review_needed"]
    (folder / "campus.yaml").write_text(text + "    review_by: 2027-06-30\n")
    rule = next(rule for rule in read_folder(folder).rows.rules if rule.id == "campus.review")
    assert rule.period.before is None


def test_a_document_that_is_no_mapping_is_refused(folder: Path) -> None:
    (folder / "campus.yaml").write_text("[a, b]")
    with pytest.raises(Refusals) as refused:
        read_folder(folder)
    assert next(item.code for item in refused.value.items) == "wrong_type"


def test_no_refusal_names_a_path_of_the_machine(folder: Path) -> None:
    (folder / "tables" / "items.csv").unlink()
    with pytest.raises(Refusals) as refused:
        read_folder(folder)
    assert not any(str(folder) in str(item.as_dict()) for item in refused.value.items)
