"""Reading a facts document: what is known, what stays unknown, what `complete` closes, and every
refusal at its place.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.engine.facts import UNKNOWN_VALUE, Amount, Fact, Vocabulary, read_facts
from apps.engine.facts.read import CLOSED
from apps.engine.refusal import Refusals
from tests.factories.engine import document


def refusals(whole: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as raised:
        read_facts(whole, **options)
    return [(no.code, no.where) for no in raised.value.items]


def item(**written: object) -> dict[str, object]:
    return {"items": {"thing": written}}


def test_the_base_case_is_read_whole() -> None:
    facts = read_facts(document())
    assert facts.activity["nature"] == Fact("applied")
    assert facts.people["lin"]["citizenships"] == Fact(({"country": "XC"},))
    assert facts.items["thing"]["control.XA-LAW.item"] == Fact("1X001")
    assert facts.releases[0]["who"] == Fact(("lin",))
    assert (facts.papers, facts.complete) == ((), False)
    assert facts.block("organisations") is facts.organisations


def test_a_value_written_long_carries_its_source_and_day() -> None:
    long = {"value": "XB", "source": "passport seen by host", "as_of": "2026-11-02"}
    facts = read_facts({"people": {"lin": {"located_in": long}}})
    assert facts.people["lin"]["located_in"] == Fact(
        "XB", "passport seen by host", date(2026, 11, 2)
    )


def test_measures_and_controls_are_kept_by_their_own_names() -> None:
    facts = read_facts(
        item(
            measures={"peak-power": "5 W", "range": "unknown"},
            control={"XB-ARMS": {"item": "ML5", "reasons": ["A1", "unknown"]}, "XA": "unknown"},
        )
    )
    assert facts.items["thing"] == {
        "measures.peak-power": Fact(Amount(Decimal(5), "W")),
        "control.XB-ARMS.item": Fact("ML5"),
        "control.XB-ARMS.reasons": Fact(("A1", UNKNOWN_VALUE)),
    }


@pytest.mark.parametrize(
    "whole",
    [
        {},
        {"people": "unknown", "activity": "unknown", "releases": "unknown", "papers": "unknown"},
        {"activity": {"kind": "unknown"}},
        {"activity": {"kind": {"value": "unknown", "source": "form"}}},
    ],
)
def test_what_is_left_out_or_said_to_be_unknown_is_not_known(whole: dict[str, object]) -> None:
    facts = read_facts(whole)
    assert facts.activity == {}
    assert (facts.people, facts.releases, facts.papers) == ({}, (), None)


def test_a_person_or_thing_of_whom_nothing_is_known_is_there() -> None:
    facts = read_facts(
        {
            "people": {"lin": "unknown"},
            "items": {"thing": {"control": "unknown", "measures": "unknown"}},
        }
    )
    assert (facts.people, facts.items) == ({"lin": {}}, {"thing": {}})


def test_a_complete_case_closes_what_is_harmless_and_nothing_else() -> None:
    facts = read_facts({"complete": True, "people": {"lin": {}}, "items": {"thing": {}}})
    closed = {name for name, fact in facts.people["lin"].items() if fact.source == CLOSED}
    assert closed == {
        *("permanent_residencies", "protected_in", "residence_permits", "affiliations"),
        *("influence", "host_prevails", "contacts_screened", "hits", "employer"),
    }
    assert facts.people["lin"]["hits"] == Fact((), CLOSED)
    assert facts.people["lin"]["host_prevails"] == Fact(False, CLOSED)
    assert facts.people["lin"]["employer"] == Fact(None, CLOSED)
    assert facts.items["thing"]["classified"] == Fact(False, CLOSED)
    assert facts.activity["end_use"] == Fact((), CLOSED)
    assert facts.papers is None


def test_even_in_a_complete_case_unknown_can_be_written() -> None:
    written = {"employer": "unknown", "hits": "unknown", "host_prevails": True}
    facts = read_facts({"complete": True, "people": {"lin": written, "omar": "unknown"}})
    lin = facts.people["lin"]
    assert ("employer" in lin, "hits" in lin) == (False, False)
    assert lin["host_prevails"] == Fact(True)
    assert facts.people["omar"] == {}


@pytest.mark.parametrize("told", ["reveals", "meeting", "where"])
def test_a_complete_case_closes_nothing_that_could_free_a_release(told: str) -> None:
    facts = read_facts({**document(), "complete": True, "papers": [{"kind": "nda"}]})
    release = {name for name, fact in facts.releases[0].items() if fact.source == CLOSED}
    assert told not in release
    assert facts.papers == ({"kind": Fact("nda")},)


@pytest.mark.parametrize(
    ("whole", "refused"),
    [
        ([], [("wrong_type", "")]),
        ({"colour": {}}, [("unknown_fact", "colour")]),
        ({"complete": "true"}, [("wrong_type", "complete")]),
        ({"people": []}, [("wrong_type", "people")]),
        ({"people": {"two words": {}}}, [("wrong_type", "people")]),
        ({"people": {"lin": []}}, [("wrong_type", "people.lin")]),
        ({"people": {"lin": {"colour": "red"}}}, [("unknown_fact", "people.lin.colour")]),
        ({"people": {"lin": {"visa": None}}}, [("wrong_type", "people.lin.visa")]),
        ({"activity": "visit"}, [("wrong_type", "activity")]),
        ({"activity": {"kind": "party"}}, [("not_an_option", "activity.kind")]),
        (
            {"activity": {"kind": {"value": "visit", "as_of": "2026-13-01"}}},
            [("impossible_date", "activity.kind.as_of")],
        ),
        (
            {"activity": {"kind": {"value": "visit", "source": ["form"]}}},
            [("wrong_type", "activity.kind.source")],
        ),
        (
            item(**{"control.XA-LAW.item": "x"}),
            [("unknown_fact", "items.thing.control.XA-LAW.item")],
        ),
        (item(control="EAR99"), [("wrong_type", "items.thing.control")]),
        (item(control={"XA-LAW": "EAR99"}), [("wrong_type", "items.thing.control.XA-LAW")]),
        (item(control={"XA LAW": {}}), [("wrong_type", "items.thing.control.XA LAW")]),
        (
            item(control={"XA-LAW": {"colour": "red"}}),
            [("unknown_fact", "items.thing.control.XA-LAW.colour")],
        ),
        (item(measures=["5 km"]), [("wrong_type", "items.thing.measures")]),
        (item(measures={"two words": "5 km"}), [("wrong_type", "items.thing.measures")]),
        (item(measures={"range": "5"}), [("wrong_type", "items.thing.measures.range")]),
        ({"releases": {}}, [("wrong_type", "releases")]),
        ({"releases": ["r1"]}, [("wrong_type", "releases[0]")]),
        ({"releases": [{}]}, [("missing_key", "releases[0]")]),
        ({"releases": ["unknown"]}, [("missing_key", "releases[0]")]),
        ({"releases": [{"id": "r1"}, {"id": "unknown"}]}, [("missing_key", "releases[1]")]),
        ({"releases": [{"id": "r1"}, {"id": "r1"}]}, [("duplicate_id", "releases[1].id")]),
        ({"papers": None}, [("wrong_type", "papers")]),
        ({"papers": [{"signed": True}]}, [("missing_key", "papers[0]")]),
        ({"papers": [{"kind": "unknown"}]}, [("missing_key", "papers[0]")]),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(
    whole: object, refused: list[tuple[str, str]]
) -> None:
    assert refusals(whole) == refused


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"releases.r1.from": "x"}, "releases[0].from"),
        ({"releases.r1.who": ["lin", "x"]}, "releases[0].who"),
        ({"releases.r1.what": "x"}, "releases[0].what"),
        ({"activity.host": "lin"}, "activity.host"),
        ({"people.lin.employer": "x"}, "people.lin.employer"),
        ({"papers": [{"kind": "nda", "about": ["lin", "x"]}]}, "papers[0].about"),
    ],
)
def test_who_or_what_is_not_in_the_case_is_refused(changes: dict[str, object], where: str) -> None:
    assert refusals(document(changes)) == [("unknown_id", where)]


def test_papers_may_be_about_people_organisations_things_and_releases() -> None:
    about = ["lin", "home", "thing", "r1", "unknown"]
    facts = read_facts(document({"papers": [{"kind": "nda", "about": about}]}))
    assert facts.papers is not None
    assert facts.papers[0]["about"].value == (*about[:-1], UNKNOWN_VALUE)


def test_everything_wrong_is_told_in_one_go() -> None:
    whole = document({"releases.r1.who": "x", "people.lin.located_in": "Xb"})
    assert refusals(whole) == [
        ("unknown_country", "people.lin.located_in"),
        ("unknown_id", "releases[0].who"),
    ]


def test_a_refusal_is_placed_in_its_file_and_line() -> None:
    lines = {"facts.people.lin.located_in": 12}
    with pytest.raises(Refusals) as raised:
        read_facts(
            {"people": {"lin": {"located_in": "XQ"}}},
            vocabulary=Vocabulary(countries=frozenset({"XA"})),
            file="visit.yaml",
            root="facts",
            line_of=lines.get,
        )
    (no,) = raised.value.items
    assert no.as_dict() == {
        "code": "unknown_country",
        "file": "visit.yaml",
        "line": 12,
        "path": "facts.people.lin.located_in",
        "found": "XQ",
        "valid": "ISO 3166-1 alpha-2",
        "message": "This is not a country code.",
        "remedy": "Write the two capital letters of the country, as passports have them.",
    }


def test_a_refusal_of_the_whole_stands_at_the_root() -> None:
    assert refusals([], root="facts") == [("wrong_type", "facts")]
