"""A folder of lists is read as facts, or refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from apps.engine.refusal import Refusals
from apps.watchlists.domain.files import read_lists

SOURCES = (
    "list,file,title,authority,legal_effect,citation,refresh_days,as_of,published_entries,"
    "read,licence,note\n"
    "XA,xa.csv,A list,An authority,An effect,1 CFR 1,1,2026-07-31,5,a copy,public domain,\n"
)
WORDS = "word,kind,language\nthe,article,en\nltd,legal form,en\nof,connective,en\n"
PARTIES = (
    "party_id,name,kind,countries,aliases,programme,citation,requirement,policy,all_items\n"
    "p1,First Institute,organisation,XA;XB,Erstes Institut|FI,,1 FR 1,all items,denial,1\n"
    "p2,Second Institute,organisation,,,,1 FR 2,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.csv").write_text(SOURCES)
    (tmp_path / "words.csv").write_text(WORDS)
    (tmp_path / "xa.csv").write_text(PARTIES)
    return tmp_path


def refusals(folder: Path) -> list[tuple[str, str, int | None]]:
    with pytest.raises(Refusals) as refused:
        read_lists(folder)
    return [(item.code, item.file, item.line) for item in refused.value.items]


def test_a_list_is_read_with_its_source_and_date(folder: Path) -> None:
    (document,) = read_lists(folder)
    assert (document.code, document.as_of, document.version, document.published_entries) == (
        "XA",
        date(2026, 7, 31),
        "2026-07-31",
        5,
    )
    first, second = document.parties
    assert (first.countries, first.aliases, first.all_items) == (
        ("XA", "XB"),
        ("Erstes Institut", "FI"),
        True,
    )
    assert (second.countries, second.aliases, second.all_items) == ((), (), None)


def test_the_digest_does_not_depend_on_the_order_of_lines(folder: Path) -> None:
    (before,) = read_lists(folder)
    head, *lines = PARTIES.splitlines(keepends=True)
    (folder / "xa.csv").write_text(head + "".join(reversed(lines)))
    (after,) = read_lists(folder)
    assert after.digest() == before.digest()


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("organisation,XA;XB", "vessel,XA;XB"), "wrong_value", 2),
        (("XA;XB", "Utopia"), "wrong_value", 2),
        (("denial,1", "denial,maybe"), "wrong_value", 2),
        (("First Institute", "x" * 401), "wrong_value", 2),
        (("First Institute", "a" + "&" * 200), "wrong_value", 2),
        (("1 FR 2", ""), "empty_cell", 3),
        (("p2,", "p1,"), "duplicate_party", 3),
        ((",denial,1", ",denial"), "wrong_columns", None),
        (("party_id,name", "name,party_id"), "wrong_columns", None),
        ((PARTIES[PARTIES.index("p1") :], ""), "empty_list", None),
        (("First", '"First'), "unreadable_file", None),
    ],
)
def test_a_wrong_line_is_refused_by_file_and_line(
    folder: Path, change: tuple[str, str], code: str, line: int | None
) -> None:
    (folder / "xa.csv").write_text(PARTIES.replace(*change))
    assert (code, "xa.csv", line) in refusals(folder)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("2026-07-31", "2026-02-30"), "wrong_value"),
        ((",1,2026", ",0,2026"), "wrong_value"),
        (("xa.csv", "../xa.csv"), "missing_file"),
        (("xa.csv", "other.csv"), "missing_file"),
        ((SOURCES[SOURCES.index("XA") :], ""), "empty_list"),
        (("\nXA,", "\n" + SOURCES.splitlines()[1] + "\nXA,"), "duplicate_list"),
    ],
)
def test_a_wrong_source_is_refused(folder: Path, change: tuple[str, str], code: str) -> None:
    (folder / "sources.csv").write_text(SOURCES.replace(*change))
    assert code in {found for found, _, _ in refusals(folder)}


def test_a_word_of_no_kind_is_refused(folder: Path) -> None:
    (folder / "words.csv").write_text(WORDS + "foo,slang,en\n")
    assert refusals(folder) == [("wrong_value", "words.csv", 5)]


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "xa.csv").write_bytes(b"\xff\xfe\x00")
    assert refusals(folder) == [("unreadable_file", "xa.csv", None)]


def test_a_file_beyond_the_limit_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.watchlists.domain.lines.MOST_BYTES", 200)
    assert ("too_large", "xa.csv", None) in refusals(folder)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    assert [code for code, _, _ in refusals(tmp_path)] == ["missing_file", "missing_file"]


def test_all_that_is_wrong_is_told_at_once(folder: Path) -> None:
    (folder / "xa.csv").write_text(PARTIES.replace("organisation", "vessel").replace("1 FR 2", ""))
    assert refusals(folder) == [
        ("wrong_value", "xa.csv", 2),
        ("wrong_value", "xa.csv", 3),
        ("empty_cell", "xa.csv", 3),
    ]
