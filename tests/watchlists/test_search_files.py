"""Names are searched in the lists that come with the project, without a database."""

from datetime import date
from pathlib import Path

import pytest

from apps.engine.refusal import Refusal
from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.search import search_files

LISTS = Path(__file__).parents[2] / "fixtures" / "watchlists"
TODAY = date(2026, 11, 22)


def found(name: str) -> list[tuple[str, str, str]]:
    result = search_files(LISTS, [name], on=TODAY)
    assert (result.state, result.why) == ("complete", "")
    return [(hit.list, hit.party, hit.how) for hit in result.hits]


def test_the_lists_hold_about_150_organisations_of_five_lists() -> None:
    held = {document.code: len(document.parties) for document in read_lists(LISTS)}
    assert sorted(held) == ["US-DPL", "US-EL", "US-MEU", "US-SDN", "US-UVL"]
    assert 150 <= sum(held.values()) <= 200


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Harbin Institute of Technology", [("US-EL", "Harbin Institute of Technology", "exact")]),
        (
            "The University of Science and Technology of China",
            [("US-EL", "University of Science and Technology of China", "normalised")],
        ),
        (
            "Beijing University of Posts & Telecommunications",
            [
                (
                    "US-EL",
                    "Beijing University of Posts and Telecommunications (BUPT)",
                    "normalised",
                )
            ],
        ),
        ("University of Tianjin", [("US-EL", "Tianjin University", "reordered")]),
        (
            "National University of Defence Technology",
            [],  # spelt the other way: a first check finds no typing errors
        ),
        (
            "NUDT",
            [("US-EL", "National University of Defense Technology (NUDT)", "exact")],
        ),
        ("Sun Yat Sen University", [("US-UVL", "Sun Yat-Sen University", "normalised")]),
        ("Radiotester", [("US-DPL", "RADIOTESTER LLC", "normalised")]),
        (
            "Skolkovo Institute of Science and Technology",
            [("US-SDN", "SKOLKOVO INSTITUTE OF SCIENCE AND TECHNOLOGY", "exact")],
        ),
        (
            "Moscow Aviation Institute",
            [
                ("US-EL", "Moscow Aviation Institute", "exact"),
                ("US-SDN", "MOSCOW AVIATION INSTITUTE", "exact"),
            ],
        ),
        ("Technical University of Denmark", []),
        ("Tianjin Medical University", []),
    ],
)
def test_a_name_is_found_as_it_is_written_in_practice(
    asked: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(asked) == expected


def test_a_hit_carries_what_an_officer_needs() -> None:
    (hit,) = search_files(LISTS, ["Sichuan University"], on=TODAY).hits
    assert hit.as_fact() == {
        "list": "US-EL",
        "party": "Sichuan University",
        "state": "open",
        "all_items": True,
    }
    assert hit.citation == "15 CFR 744.11, Supp. 4 to part 744; 77 FR 58006; 88 FR 13675"
    assert (hit.countries, hit.policy) == (("CN",), "case by case")


def test_an_entry_with_an_exception_of_its_own_is_left_to_a_person() -> None:
    (hit,) = search_files(LISTS, ["DJI"], on=TODAY).hits
    assert hit.all_items is None
    assert hit.as_fact() == {"list": "US-EL", "party": "DJI", "state": "open"}


def test_the_answer_names_every_version_and_says_how_much_of_the_list_it_holds() -> None:
    result = search_files(LISTS, ["Nobody"], on=TODAY)
    versions = {version.list: version for version in result.versions}
    assert sorted(versions) == ["US-DPL", "US-EL", "US-MEU", "US-SDN", "US-UVL"]
    listed = versions["US-EL"]
    assert (listed.version, listed.fresh, listed.whole) == ("2026-07-31", False, False)
    assert listed.published_entries == 3420
    assert listed.as_dict()["as_of"] == "2026-07-31"


def test_a_list_is_fresh_for_its_promised_interval() -> None:
    fresh = {
        day: {version.fresh for version in search_files(LISTS, ["Nobody"], on=day).versions}
        for day in (date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 2))
    }
    assert fresh == {
        date(2026, 7, 31): {True},
        date(2026, 8, 1): {True},
        date(2026, 8, 2): {False},
    }


def test_hits_come_in_the_order_of_the_names_and_each_name_counts_once() -> None:
    names = ["DJI", "Tianjin University", "DJI"]
    result = search_files(LISTS, names, on=TODAY)
    assert [hit.asked for hit in result.hits] == ["DJI", "Tianjin University"]
    assert [hit.party for hit in result.hits_of("DJI")] == ["DJI"]


def test_a_folder_that_cannot_be_read_is_incomplete_and_never_no_hit(tmp_path: Path) -> None:
    result = search_files(tmp_path, ["Harbin Institute of Technology"], on=TODAY)
    assert (result.state, result.hits, result.versions) == ("incomplete", (), ())
    assert "sources.csv" in result.why


def test_a_name_of_signs_makes_the_search_incomplete() -> None:
    result = search_files(LISTS, ["??", "DJI"], on=TODAY)
    assert (result.state, result.why) == ("incomplete", "'??' has nothing to search for")
    assert [hit.party for hit in result.hits] == ["DJI"]


def test_no_street_address_and_no_person_stands_in_the_files() -> None:
    parties = [party for document in read_lists(LISTS) for party in document.parties]
    assert {party.kind for party in parties} == {"organisation"}


def test_too_many_names_at_once_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        search_files(LISTS, ["a"] * 2001, on=TODAY)
    assert refused.value.code == "too_many_names"
