"""People, technologies and facts are called by their names; values are read as people say them."""

from __future__ import annotations

import pytest

from apps.portal.parts.names import Names, fact_label, names_in, value_words

FACTS = {
    "people": {"lin": {"name": {"value": "Lin", "source": "host"}, "employer": "bay"}, "omar": {}},
    "organisations": {"bay": {"name": "North Bay"}},
    "items": {
        "press": {"title": "A press", "control": {"XA-LAW": {"item": {"value": "1X001"}}}},
        "notes": {"title": "Notes"},
        "tool": {"title": "A tool", "control": {"XA-LAW": {"for": "1X001"}}},
    },
}


def test_ids_are_called_by_the_names_the_facts_give_them() -> None:
    names = names_in(FACTS)
    assert [names.of(key) for key in ("lin", "bay", "press", "omar")] == [
        "Lin",
        "North Bay",
        "A press",
        "omar",
    ]


def test_under_a_name_stands_the_employer_or_the_entry() -> None:
    names = names_in(FACTS)
    assert (names.below("lin"), names.below("omar")) == ("North Bay", "")
    assert [names.below(key) for key in ("press", "notes", "tool")] == [
        "1X001",
        "not classified",
        "not classified",
    ]
    assert Names().below("press") == ""


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("people.lin.citizenships", "citizenships"),
        ("exposure.country", "the country that counts"),
        ("chart NS1 XB", "mark in the country chart, NS1 XB"),
        ("items.press.control.XA-LAW", "entry under XA-LAW"),
        ("XA:B XB", "XB in XA:B"),
        ("something else", "something else"),
    ],
)
def test_a_fact_or_look_up_is_called_in_words(path: str, label: str) -> None:
    assert fact_label(path) == label


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        ("unknown", "not known"),
        (True, "yes"),
        (False, "no"),
        ([], "none"),
        (["sponsor_approval", "free"], "sponsor approval, free"),
        ("2026-11-23", "23 November 2026"),
        ({"country": "XB", "from": "2020-01-01"}, "XB, 1 January 2020"),
        ({"value": "XB", "source": "host"}, "XB"),
        (
            {"party": "North", "list": "XA", "state": "open", "all_items": True},
            "North on XA (open)",
        ),
    ],
)
def test_a_value_is_read_as_people_say_it(value: object, words: str) -> None:
    assert value_words(value) == words
