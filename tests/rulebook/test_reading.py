"""The YAML reader takes the subset of formats.md section 1 and refuses everything else, quickly."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engine.refusal import Refusals
from apps.rulebook.domain.reading import read_yaml, read_yaml_file


def codes(text: str | bytes) -> list[str]:
    with pytest.raises(Refusals) as refused:
        read_yaml(text, file="x.yaml")
    return [item.code for item in refused.value.items]


def test_a_scalar_is_text_unless_it_is_exactly_true_false_or_a_decimal() -> None:
    text = """
    country: NO
    item: 3E991
    exponent: 2E201
    day: 2026-11-22
    yes: yes
    on: on
    hex: 0x1F
    octal: 0o17
    leading: 007
    quantity: 400 Wh/kg
    bare: .5
    plus: +5
    word: unknown
    shouted: TRUE
    really: true
    not_really: false
    whole: 350
    part: 2.5
    less: -3
    quoted: "true"
    quoted_number: '350'
    empty: ""
    """
    assert read_yaml(text, file="x.yaml").data == {
        "country": "NO",
        "item": "3E991",
        "exponent": "2E201",
        "day": "2026-11-22",
        "yes": "yes",
        "on": "on",
        "hex": "0x1F",
        "octal": "0o17",
        "leading": "007",
        "quantity": "400 Wh/kg",
        "bare": ".5",
        "plus": "+5",
        "word": "unknown",
        "shouted": "TRUE",
        "really": True,
        "not_really": False,
        "whole": Decimal(350),
        "part": Decimal("2.5"),
        "less": Decimal(-3),
        "quoted": "true",
        "quoted_number": "350",
        "empty": "",
    }


def test_a_path_answers_with_its_line() -> None:
    document = read_yaml(
        "facts:\n  people:\n    lin:\n      citizenships:\n        - {country: CN,\n"
        "           from: 1996-05-02}\n      a.b:\n        c: 1\n",
        file="x.yaml",
    )
    paths = (
        "",
        "facts",
        "facts.people.lin.citizenships[0].country",
        "facts.people.lin.citizenships[0].from",
    )
    assert [document.line(path) for path in paths] == [1, 1, 5, 6]
    assert document.line("facts.people.lin.a.b.c") == 8


def test_a_release_answers_by_its_id_and_a_paper_by_its_kind() -> None:
    document = read_yaml(
        "releases:\n  - {id: r1, how: login}\n  - id: r2\n    how: training\n"
        "papers:\n  - kind: nda\n    signed: true\n",
        file="x.yaml",
    )
    paths = ("releases.r1.how", "releases.r2.how", "papers.nda.signed", "papers.tsr_assurance")
    assert [document.line(path) for path in paths] == [2, 4, 7, 5]


def test_a_path_that_is_missing_answers_with_the_line_above_it() -> None:
    document = read_yaml("a:\n  b:\n    c: 1\n", file="x.yaml")
    assert [document.line(path) for path in ("a.b.d.e[3]", "a.x", "z")] == [2, 1, 1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: !!int 3", "yaml_tag"),
        ("a: ! x", "yaml_tag"),
        ("a: !!python/object/apply:os.system [ls]", "yaml_tag"),
        ("%TAG ! tag:x,2000:\n---\na: b", "yaml_tag"),
        ("a: &x 1", "yaml_anchor"),
        ("a: *x", "yaml_anchor"),
        ("a: 1\na: 2", "yaml_duplicate_key"),
        ("a: 1\n---\nb: 2", "yaml_several_documents"),
        ("a:", "yaml_null"),
        ("a: ~", "yaml_null"),
        ("a: null", "yaml_null"),
        ("a: [1, , 2]", "yaml_syntax"),
        ("a: {b}", "yaml_null"),
        ("? [a]\n: b", "yaml_key"),
        ("~: b", "yaml_key"),
        ('"": b', "yaml_key"),
        ("a: [1", "yaml_syntax"),
        ("a: \x00", "yaml_syntax"),
        ('a: "\\0"', "yaml_character"),
        ('"a\\0": 1', "yaml_key"),
        ("", "yaml_empty"),
        ("# nothing\n", "yaml_empty"),
        ("a: " + "9" * 41, "yaml_number"),
        (b"a: \xff", "yaml_not_utf8"),
        ("a: \ud800", "yaml_not_utf8"),
        ("a: x".encode("utf-16"), "yaml_not_utf8"),
    ],
)
def test_what_is_more_or_less_than_plain_data_is_refused(text: str | bytes, code: str) -> None:
    assert codes(text) == [code]


def test_a_refusal_names_file_line_path_and_what_was_found() -> None:
    with pytest.raises(Refusals) as refused:
        read_yaml("facts:\n  people:\n    lin:\n      - {country: &x CN}\n", file="x.yaml")
    (item,) = refused.value.items
    found = (item.code, item.file, item.line, item.where, item.found)
    assert found == ("yaml_anchor", "x.yaml", 4, "facts.people.lin[0].country", "&x")


@pytest.mark.parametrize(
    "text",
    [
        *("a: !t x", "%TAG ! tag:x,2000:\n---\na: b", "a: &x 1", "a: *x", "a: 1\na: 2"),
        *("a: 1\n---\nb: 2", "a: ~", "a: [1", "? [a]\n: b", '"": b', 'a: "\\0"', ""),
        *("a: " + "9" * 41, b"a: \xff", "[" * 33, "a" * 1_000_001),
    ],
)
def test_every_refusal_says_what_would_be_valid_and_how_to_mend_it(text: str | bytes) -> None:
    with pytest.raises(Refusals) as refused:
        read_yaml(text, file="x.yaml")
    assert all(item.valid and item.remedy and item.line for item in refused.value.items)


def test_all_faults_of_a_document_are_told_at_once() -> None:
    assert codes("a: ~\nb: &x 1\nb: !t 2\n") == [
        "yaml_null",
        "yaml_anchor",
        "yaml_duplicate_key",
        "yaml_tag",
    ]


def test_thirty_two_levels_are_read_and_thirty_three_refused() -> None:
    assert read_yaml("[" * 32 + "]" * 32, file="x.yaml").data is not None
    assert codes("[" * 33 + "]" * 33) == ["yaml_too_deep"]


BOMBS = {
    "laughs": "a: &a [x]\n"
    + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(2000)),
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 250_000,
    "ten megabytes of nesting": "[" * 10_000_000,
    "ten megabytes of bytes": b"- " * 5_000_000,
    "dashes": "- " * 500_000,
    "question marks": "? " * 500_000,
    "nulls": "[" + "~, " * 300_000 + "]",
    "one key": "k" * 900_000 + ": 1",
    "digits": "a: " + "9" * 900_000,
    "quotes": 'a: "' + "\\" * 900_000,
    "colons": "a:" * 400_000,
    "anchors": "&a " * 300_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_quickly(text: str | bytes) -> None:
    start = time.process_time()
    assert codes(text) != []
    assert time.process_time() - start < 1.0


def test_a_file_of_a_megabyte_of_plain_data_is_read() -> None:
    document = read_yaml("a: [" + ", ".join(["x" * 18] * 49_000) + "]", file="x.yaml")
    assert document.line("a[48999]") == 1


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusals) as refused:
        read_yaml_file(tmp_path / "absent.yaml", file="absent.yaml")
    assert [(item.code, item.file) for item in refused.value.items] == [
        ("file_unreadable", "absent.yaml")
    ]


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml_file(tmp_path / "x.yaml", file="x.yaml").data == {"a": Decimal(1)}


@settings(max_examples=150)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text: str | bytes) -> None:
    try:
        data = read_yaml(text, file="x.yaml").data
    except Refusals as refused:
        data = [item.code for item in refused.items]
    assert data is not None
    assert data != [] or text.strip() in ("[]", b"[]")
