"""Conditions over reasons for control: which apply, which are marked, and for which country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from apps.engine.conditions import weighing
from apps.engine.conditions.tree import Read
from apps.engine.conditions.weighing import Demand, demanded, missing_for, weighed
from apps.engine.exposures import exposures_of
from apps.engine.facts import read_facts
from apps.engine.rows import ChartRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import (
    ABSENT,
    ALWAYS,
    REGIME,
    SOURCE,
    UNSURE,
    destination_row,
    document,
    edition,
    exposure,
    leaf,
    reason_row,
    refused,
    seen,
)

Written = Mapping[str, object]
CONTROL = f"items.thing.control.{REGIME}"
EVERYWHERE = ("XA", "XB", "XC", "XD", "XE")


def marked(via: str = "", at: str = "exposure.country") -> Written:
    beside = {"via": via} if via else {}
    return {"marked": {"of": "exposure.item", "at": at, **beside}}


def reasons(word: str, *letters: str, at: str | None = "exposure.country") -> Written:
    place = {"at": at} if at else {}
    return {"reasons": {"of": "exposure.item", **place, word: list(letters)}}


def of(country: str, **more: object) -> dict[str, object]:
    return {"people.lin.citizenships": [{"country": country}], **more}


@pytest.mark.parametrize(
    ("country", "truth"), [("XC", TRUE), ("XD", FALSE), ("XE", UNSETTLED), ("XA", UNSETTLED)]
)
def test_the_chart_marks_a_reason_for_a_country(country: str, truth: int) -> None:
    assert seen(marked("chart"), of(country)).truth == truth
    assert seen(marked(), of(country)).truth == truth
    assert seen(marked("destination"), of(country)).truth == FALSE


def test_what_was_looked_up_is_told_and_on_record() -> None:
    found = seen(marked("chart"))
    assert [(read.fact, read.value) for read in found.reads] == [
        (CONTROL, "1X001 NS1"),
        ("exposure.country", "XC"),
        ("chart NS1 XC", True),
    ]
    assert found.rows == ("reasons:1X001:NS1", "chart:XC:NS1")
    assert found.to_confirm == ()


def test_a_row_nobody_verified_is_to_be_confirmed() -> None:
    chart = tuple(ChartRow(REGIME, code, "NS1", True, ALWAYS, UNSURE) for code in EVERYWHERE)
    found = seen(marked("chart"), chart=chart, reasons=(reason_row(source=UNSURE),))
    assert found.to_confirm == ("reasons:1X001:NS1", "chart:XC:NS1")
    prose = {"reasons": (reason_row(column="P"),)}
    rules = (destination_row("P", source=UNSURE),)
    assert seen(marked(), destinations=rules, **prose).to_confirm == ("destinations:P",)


def test_a_cell_that_is_not_there_is_no_row() -> None:
    found = seen(marked("chart"), of("XE"))
    assert (found.rows, found.reads[2]) == (("reasons:1X001:NS1",), Read("chart NS1 XE", None))


PROSE: dict[str, Any] = {"reasons": (reason_row(column="P"),)}


@pytest.mark.parametrize(
    ("where", "deemed", "truth", "missing"),
    [
        ("XA", "yes", TRUE, ()),
        ("XA", "no", FALSE, ()),
        ("XB", "no", TRUE, ()),
        (ABSENT, "no", UNKNOWN, ("releases.r1.where",)),
    ],
)
def test_a_destination_reaches_inside_or_only_outside(
    where: object, deemed: str, truth: int, missing: tuple[str, ...]
) -> None:
    rules = (destination_row("P", deemed=deemed),)
    found = seen(marked("destination"), {"releases.r1.where": where}, destinations=rules, **PROSE)
    assert (found.truth, found.missing) == (truth, missing)
    assert seen(marked("chart"), destinations=rules, **PROSE).truth == FALSE


def test_a_destination_no_rule_tells_of_is_the_laws() -> None:
    assert seen(marked("destination"), **PROSE).truth == UNSETTLED


def test_without_an_entry_both_look_ups_ask_for_it() -> None:
    for via in ("chart", "destination", ""):
        found = seen(marked(via), {f"{CONTROL}.item": ABSENT})
        assert (found.truth, found.missing) == (UNKNOWN, (f"{CONTROL}.item",))


def test_an_entry_the_table_lacks_is_the_laws_for_both_look_ups() -> None:
    for via in ("chart", "destination"):
        assert seen(marked(via), {f"{CONTROL}.item": "9Z009"}).truth == UNSETTLED


def test_a_reason_a_classifier_names_without_a_column_is_the_laws() -> None:
    rows = (reason_row(reason="UN", column="", whole=True),)
    assert seen(marked(), reasons=rows).truth == UNSETTLED


def test_nobody_knows_the_country_so_it_is_asked_for() -> None:
    found = seen(marked(), {"people.lin.citizenships": ABSENT})
    assert (found.truth, found.missing) == (UNKNOWN, ("people.lin.citizenships",))


def test_an_item_without_reasons_is_marked_nowhere_and_told_by_name() -> None:
    found = seen(marked(), {f"{CONTROL}.item": "EAR99"})
    assert (found.truth, found.reads) == (FALSE, (Read(CONTROL, "EAR99"),))


TWO = (
    reason_row(whole=False, refs=("1X001.a",)),
    reason_row(reason="CB", whole=True, excludes=("1X001.a",)),
)


def test_what_is_marked_whatever_the_paragraph_is_known_without_it() -> None:
    found = seen(marked(), reasons=TWO)
    assert (found.truth, found.missing) == (TRUE, ())
    assert seen(reasons("includes", "NS"), reasons=TWO).missing == (f"{CONTROL}.paragraph",)
    assert seen(reasons("includes", "NS", "CB"), reasons=TWO).truth == TRUE


MANY = (
    reason_row(),
    reason_row(reason="MT", column="MT1"),
    reason_row(reason="AT", column="AT1", whole=False, refs=("1X001.a",)),
)
CHART = tuple(
    ChartRow(REGIME, "XC", column, marked_, ALWAYS, SOURCE)
    for column, marked_ in (("NS1", True), ("MT1", False), ("AT1", True))
)
LAW: dict[str, Any] = {"reasons": MANY, "chart": CHART}


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (reasons("only", "NS", "AT"), TRUE),
        (reasons("only", "NS"), UNKNOWN),
        (reasons("only", "AT"), FALSE),
        (reasons("includes", "NS"), TRUE),
        (reasons("includes", "MT"), FALSE),
        (reasons("includes", "AT"), UNKNOWN),
        (reasons("none", "MT"), TRUE),
        (reasons("none", "NS"), FALSE),
        (reasons("none", "AT", "MT"), UNKNOWN),
        (reasons("includes", "MT", at=None), TRUE),
        (reasons("none", "MT", at=None), FALSE),
        (reasons("only", "NS", "MT", "AT", at=None), TRUE),
        (reasons("none", "AT", at=None), UNKNOWN),
        (reasons("none", "CB", at=None), TRUE),
    ],
)
def test_reasons_are_asked_for_by_letter(condition: Written, truth: int) -> None:
    found = seen(condition, **LAW)
    assert found.truth == truth
    assert found.missing == ((f"{CONTROL}.paragraph",) if truth == UNKNOWN else ())


def test_a_reason_that_is_not_known_bears_on_every_answer() -> None:
    unread = {f"{CONTROL}.item": "9Z009"}
    for word in ("only", "includes", "none"):
        assert seen(reasons(word, "NS"), unread).truth == UNSETTLED
        assert seen(reasons(word, "NS", at=None), unread).truth == UNSETTLED


def test_what_reasons_there_are_is_told_where_none_is_meant() -> None:
    assert seen(reasons("none", "CB", at=None), **LAW).reads == (Read(CONTROL, "MT1, NS1"),)
    nothing = seen(reasons("none", "CB"), {f"{CONTROL}.item": "EAR99"})
    assert nothing.reads == (Read(CONTROL, "no reason for control"),)


ABROAD: Written = {"releases.r1.where": "XD"}
OWN, PLACE = "exposure.nationality", "exposure.release.where"


@pytest.mark.parametrize(
    ("at", "changes", "truth"),
    [
        ("exposure.country", ABROAD, FALSE),
        (OWN, ABROAD, TRUE),
        (PLACE, ABROAD, FALSE),
        (PLACE, {"releases.r1.where": "XB"}, TRUE),
        (PLACE, {"releases.r1.where": ABSENT}, UNKNOWN),
        (OWN, {"releases.r1.who": "home"}, FALSE),
        (OWN, {"people.lin.citizenships": []}, UNSETTLED),
        (OWN, {"people.lin.citizenships": ABSENT}, UNKNOWN),
    ],
)
def test_a_reason_is_held_against_the_country_that_counts_the_own_one_or_the_place(
    at: str, changes: Written, truth: int
) -> None:
    assert seen(marked("chart", at), changes).truth == truth
    assert seen(reasons("includes", "NS", at=at), changes).truth == truth


def test_a_persons_own_country_is_held_against_prose_as_a_release_to_that_person() -> None:
    rules = (destination_row("P", deemed="no"),)
    law: dict[str, Any] = {"destinations": rules, **PROSE}
    assert seen(marked("destination", OWN), ABROAD, **law).truth == FALSE
    assert seen(marked("destination", PLACE), ABROAD, **law).truth == TRUE


def test_countries_are_conditions_of_their_own() -> None:
    assert seen({"is": [OWN, "XC"]}, ABROAD).truth == TRUE
    assert seen({"is": [PLACE, "XD"]}, ABROAD).truth == TRUE
    assert seen({"country_in": [OWN, "XA:B"]}, {"releases.r1.who": "home"}).truth == FALSE


def test_a_weighing_is_shared_by_all_who_stand_alike_and_kept_per_exposure() -> None:
    standing = edition()
    whole = document()
    whole["people"]["mei"] = whole["people"]["lin"]
    whole["releases"][0]["who"] = ["lin", "mei"]
    lin, mei = exposures_of(read_facts(whole), standing.law)
    assert weighed(lin, REGIME) is weighed(lin, REGIME)
    assert weighed(lin, REGIME) is weighed(mei, REGIME)


def test_what_is_remembered_of_the_law_does_not_grow_without_end() -> None:
    found = exposure()
    found.law.memo.update((place, None) for place in range(weighing._MOST_KEPT + 1))
    weighed(found, REGIME)
    assert len(found.law.memo) < 10


@pytest.mark.parametrize(
    ("changes", "law", "demand"),
    [
        ({}, {}, Demand(frozenset({"NS"}))),
        (of("XD"), {}, Demand()),
        (of("XE"), {}, Demand(by_law=frozenset({"NS"}))),
        ({"people.lin.citizenships": ABSENT}, {}, Demand(by_fact=frozenset({"NS"}))),
        ({}, {"reasons": TWO}, Demand(by_fact=frozenset({"NS", "CB"}))),
        ({}, LAW, Demand(frozenset({"NS"}), by_fact=frozenset({"AT"}))),
    ],
)
def test_the_reasons_demanded_are_sure_or_hang_on_a_fact_or_on_law(
    changes: Written, law: dict[str, Any], demand: Demand
) -> None:
    found = demanded(exposure(changes, **law), REGIME, via="chart")
    assert found == demand
    assert found.is_open == bool(demand.by_fact or demand.by_law)


def test_the_facts_that_would_tell_the_reasons_are_named() -> None:
    assert missing_for(exposure(**LAW), REGIME, via="chart") == (f"{CONTROL}.paragraph",)
    assert missing_for(exposure(**LAW), REGIME, via="destination") == ()
    assert missing_for(exposure(of("XD")), REGIME) == ()


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (marked(), "a reason for control is marked for the country"),
        (marked("chart"), "the country chart marks a reason for control"),
        (
            marked("chart", PLACE),
            "the country chart marks a reason for control for the place of receipt",
        ),
        (marked("destination", OWN), "a destination rule reaches the recipient's own country"),
        (
            reasons("only", "NS", "AT"),
            "no other reason for control than AT, NS applies for this country",
        ),
        (reasons("includes", "NS", at=None), "a reason for control among NS applies"),
        (
            reasons("none", "MT", at=PLACE),
            "none of MT is a reason for control for the place of receipt",
        ),
    ],
)
def test_reasons_are_spoken_as_a_sentence(condition: Written, sentence: str) -> None:
    assert leaf(condition).text == sentence


def test_reasons_at_a_country_of_a_person_are_nationality() -> None:
    told = [
        leaf(condition).nationality
        for condition in (
            marked(),
            marked("", OWN),
            marked("", PLACE),
            reasons("only", "NS"),
            reasons("only", "NS", at=None),
        )
    ]
    assert told == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("condition", "refusals"),
    [
        ({"marked": "exposure.item"}, [("wrong_type", "when.marked")]),
        ({"marked": {"of": "exposure.item"}}, [("missing_key", "when.marked")]),
        (
            {"marked": {"of": "exposure.item", "at": "exposure.employer.country"}},
            [("wrong_value", "when.marked")],
        ),
        (
            {"marked": {"of": "exposure.person", "at": "exposure.country"}},
            [("wrong_value", "when.marked")],
        ),
        (marked("guess"), [("wrong_value", "when.marked.via")]),
        ({"reasons": []}, [("wrong_type", "when.reasons")]),
        ({"reasons": {"of": "exposure.item"}}, [("wrong_type", "when.reasons")]),
        (
            {"reasons": {"of": "exposure.item", "only": ["NS"], "none": []}},
            [("wrong_type", "when.reasons")],
        ),
        ({"reasons": {"of": "exposure.item", "only": "NS"}}, [("wrong_type", "when.reasons")]),
        ({"reasons": {"of": "exposure.item", "only": [True]}}, [("wrong_type", "when.reasons")]),
        (
            {"reasons": {"of": "exposure.item", "never": ["NS"]}},
            [("unknown_key", "when.reasons.never")],
        ),
    ],
)
def test_reasons_that_cannot_be_looked_up_are_refused_when_written(
    condition: Written, refusals: list[tuple[str, str]]
) -> None:
    assert refused(condition) == refusals
