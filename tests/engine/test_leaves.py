"""Conditions over single facts: is, in, country_in; what they see, say, and refuse when written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.conditions.leaves import any_of_seen
from apps.engine.conditions.tree import Branch, Read, Seen, leaves_of, plain
from apps.engine.facts import UNKNOWN_VALUE, spec_for
from apps.engine.rows import GroupRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import (
    ABSENT,
    ALWAYS,
    ALWAYS_TRUE,
    UNSURE,
    leaf,
    refused,
    seen,
)

PUBLISHED, HOW, EMPLOYER, COUNTRY = (
    spec.label
    for path in (
        "items.x.published",
        "releases.x.how",
        "people.x.employer",
        "organisations.x.country",
    )
    if (spec := spec_for(path))
)
TO_HOME = {"releases.r1.who": "home"}
BORN_IN_XB_HELD_BY_XC = {
    "people.lin.citizenships": [{"country": "XA"}, {"country": "XB"}],
    "people.lin.permanent_residencies": [{"country": "XC"}],
}


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"is": ["activity.nature", "applied"]}, TRUE),
        ({"is": ["activity.nature", "service"]}, FALSE),
        ({"is": ["activity.kind", "visit"]}, UNKNOWN),
        ({"is": ["exposure.item.published", False]}, TRUE),
        ({"is": ["exposure.item.published", True]}, FALSE),
        ({"is": ["exposure.country", "XC"]}, TRUE),
        ({"is": ["exposure.country", "XB"]}, FALSE),
        ({"is": ["exposure.organisation.country", "XC"]}, FALSE),
        ({"is": ["exposure.person.employer", "exposure.release.from"]}, FALSE),
        ({"is": ["exposure.release.from", "activity.host"]}, TRUE),
        ({"is": ["exposure.person.visa", "activity.host"]}, UNKNOWN),
        ({"is": ["activity.host", "exposure.person.visa"]}, UNKNOWN),
        ({"is": ["exposure.item.entry", "1X001.b"]}, FALSE),
        ({"in": ["exposure.person.resident_region", ["XA-01", "XA-02"]]}, UNKNOWN),
        ({"in": ["activity.nature", ["applied", "service"]]}, TRUE),
        ({"in": ["activity.nature", ["education", "service"]]}, FALSE),
        ({"in": ["activity.kind", ["visit"]]}, UNKNOWN),
        ({"in": ["exposure.country", ["XB", "XC"]]}, TRUE),
        ({"country_in": ["exposure.country", "XA:B"]}, FALSE),
        ({"country_in": ["exposure.employer.country", "XA:B"]}, FALSE),
        ({"country_in": ["exposure.giver.country", "XA:B"]}, UNSETTLED),
        ({"country_in": ["exposure.organisation.country", "XA:B"]}, FALSE),
        ({"country_in": ["exposure.person.located_in", "XA:B"]}, UNKNOWN),
    ],
)
def test_a_leaf_answers_of_the_base_case(condition: Mapping[str, object], truth: int) -> None:
    assert seen(condition).truth == truth


def test_two_absences_are_not_the_same_thing() -> None:
    nobody = {"is": ["exposure.person.employer", "exposure.person.employer"]}
    assert seen(nobody).truth == TRUE
    assert seen(nobody, TO_HOME).truth == FALSE


def test_what_was_read_and_what_is_missing_is_told() -> None:
    known = seen(ALWAYS_TRUE)
    assert known == Seen(TRUE, (Read("activity.nature", "applied"),))
    unknown = seen({"is": ["activity.kind", "visit"]})
    assert unknown == Seen(UNKNOWN, (Read("activity.kind", "unknown"),), ("activity.kind",))


def test_a_fact_of_several_countries_counts_only_where_they_agree() -> None:
    either = seen({"in": ["exposure.country", ["XB", "XC"]]}, BORN_IN_XB_HELD_BY_XC)
    assert (either.truth, either.missing) == (TRUE, ())
    assert [read.value for read in either.reads] == ["XB", "XC"]
    one = seen({"is": ["exposure.country", "XB"]}, BORN_IN_XB_HELD_BY_XC)
    assert (one.truth, one.missing) == (UNKNOWN, ("people.lin.citizenships",))


def test_every_country_that_was_looked_up_is_on_record() -> None:
    groups = tuple(GroupRow(code, "XA:B", True, ALWAYS, UNSURE) for code in ("XB", "XC"))
    found = seen({"country_in": ["exposure.country", "XA:B"]}, BORN_IN_XB_HELD_BY_XC, groups=groups)
    assert found.truth == TRUE
    assert found.rows == ("groups:XA:B:XB", "groups:XA:B:XC")
    assert found.to_confirm == found.rows


def test_a_verified_row_is_nothing_to_confirm_and_an_absent_one_is_no_answer() -> None:
    condition = {"country_in": ["exposure.country", "XA:B"]}
    assert (seen(condition).rows, seen(condition).to_confirm) == (("groups:XA:B:XC",), ())
    elsewhere = seen(condition, {"people.lin.citizenships": [{"country": "XE"}]})
    assert (elsewhere.truth, elsewhere.rows) == (UNSETTLED, ())


@pytest.mark.parametrize(
    "condition", [{"is": ["exposure.country", "XB"]}, {"country_in": ["exposure.country", "XA:B"]}]
)
def test_of_a_stateless_person_the_law_is_asked_and_of_an_unknown_one_the_person(
    condition: Mapping[str, object],
) -> None:
    assert seen(condition, {"people.lin.citizenships": []}).truth == UNSETTLED
    unknown = seen(condition, {"people.lin.citizenships": ABSENT})
    assert (unknown.truth, unknown.missing) == (UNKNOWN, ("people.lin.citizenships",))


@pytest.mark.parametrize(
    ("condition", "refusals"),
    [
        ({"is": ["activity.nature"]}, [("wrong_type", "when.is")]),
        ({"is": "activity.nature"}, [("wrong_type", "when.is")]),
        ({"is": ["activity.colour", "red"]}, [("unknown_fact", "when.is[0]")]),
        ({"is": [True, True]}, [("unknown_fact", "when.is[0]")]),
        ({"is": ["activity.nature", "unknown"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["activity.nature", "aplied"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.item.published", "true"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.country", "Xb"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.organisation.country", "QQ"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.item.entry", "9X999"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.person.employed_since", "2020-01-01"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.person.citizenships", "XA"]}, [("wrong_value", "when.is[1]")]),
        ({"is": ["exposure.person.study", "doctoral"]}, [("wrong_value", "when.is[1]")]),
        ({"in": ["activity.nature"]}, [("wrong_type", "when.in")]),
        ({"in": ["activity.nature", "applied"]}, [("wrong_type", "when.in")]),
        ({"in": ["activity.nature", []]}, [("wrong_type", "when.in")]),
        ({"in": ["activity.colour", ["red"]]}, [("unknown_fact", "when.in[0]")]),
        ({"in": ["activity.nature", ["applied", "x"]]}, [("wrong_value", "when.in[1][1]")]),
        ({"country_in": ["exposure.country"]}, [("wrong_type", "when.country_in")]),
        ({"country_in": ["exposure.colour", "XA:B"]}, [("unknown_fact", "when.country_in[0]")]),
        ({"country_in": ["activity.nature", "XA:B"]}, [("wrong_value", "when.country_in[0]")]),
        ({"country_in": ["exposure.country", "XA:Z"]}, [("unknown_group", "when.country_in[1]")]),
        ({"country_in": ["exposure.country", ["XA:B"]]}, [("unknown_group", "when.country_in[1]")]),
    ],
)
def test_a_leaf_that_could_never_be_answered_is_refused_when_written(
    condition: Mapping[str, object], refusals: list[tuple[str, str]]
) -> None:
    assert refused(condition) == refusals


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"is": ["exposure.item.published", True]}, PUBLISHED),
        ({"is": ["exposure.item.published", False]}, f"not {PUBLISHED}"),
        ({"is": ["exposure.release.how", "hand_carry"]}, f"{HOW} is hand carry"),
        (
            {"is": ["exposure.person.employer", "exposure.release.how"]},
            f"{EMPLOYER} (person) is the same as {HOW}",
        ),
        ({"in": ["exposure.country", ["XA", "XB"]]}, "the country that counts is one of XA, XB"),
        (
            {"country_in": ["exposure.organisation.country", "XA:B"]},
            f"{COUNTRY} (organisation) is in XA:B",
        ),
        ({"is": ["exposure.item.for_entry", "EAR99"]}, "for entry is EAR99"),
        ({"is": ["exposure.route", "deemed"]}, "the way it goes is deemed"),
    ],
)
def test_a_leaf_is_spoken_as_a_sentence(condition: Mapping[str, object], sentence: str) -> None:
    assert leaf(condition).text == sentence


def test_a_leaf_knows_the_facts_it_reads_and_whether_they_are_nationality() -> None:
    same = leaf({"is": ["exposure.person.employer", "exposure.release.from"]})
    assert same.patterns == {"people.*.employer", "releases.*.from"}
    assert same.axes == {"who", "release"}
    assert not same.nationality
    assert leaf({"is": ["exposure.country", "XA"]}).nationality


def test_equal_leaves_have_equal_keys() -> None:
    first, second = (leaf({"is": ["activity.nature", "applied"]}) for _ in range(2))
    assert first == second
    assert first.key != leaf({"is": ["activity.nature", "service"]}).key
    assert list(leaves_of(Branch("not", (first,)))) == [first]


def test_of_many_parts_the_open_ones_say_what_is_missing_and_the_deciding_ones_what_was_read() -> (
    None
):
    no = Seen(FALSE, (Read("a", 1),), rows=("row-a",), to_confirm=("row-a",))
    yes = Seen(TRUE, (Read("b", 2), Read("b", 2)), rows=("row-b",), to_confirm=("row-b",))
    open_ = Seen(UNKNOWN, (Read("c", "unknown"),), ("c",), ("row-c",))
    both = any_of_seen([no, yes, open_])
    assert (both.truth, both.reads, both.missing) == (TRUE, (Read("b", 2),), ())
    assert (both.rows, both.to_confirm) == (("row-a", "row-b", "row-c"), ("row-b",))
    assert any_of_seen([no, open_]).missing == ("c",)
    assert any_of_seen([]) == Seen(FALSE)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ((UNKNOWN_VALUE, "XA"), ["unknown", "XA"]),
        ({"country": "XA", 1: None}, {"country": "XA", "1": None}),
        (frozenset({7}), [7]),
    ],
)
def test_a_value_is_shown_as_json_can_hold_it(value: object, shown: object) -> None:
    assert plain(value) == shown
