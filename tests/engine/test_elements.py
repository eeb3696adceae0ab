"""Conditions over lists: any_of, all_of, count; members that are unknown, over, or out of reach."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from apps.engine.facts.registry import BY_BLOCK
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import ABSENT, leaf, refused, seen

Written = Mapping[str, object]
TO_HOME: Written = {"releases.r1.who": "home"}
VERBS = "exposure.release.verbs"
OPERATES: Written = {"is": ["value", "operation"]}
SIGNED: Written = {"all": [{"is": ["kind", "nda"]}, {"is": ["signed", True]}]}
OWNED: Written = {
    "organisations.home.owners": [{"organisation": "host", "share": "60 %"}],
}


def any_of(of: str, where: Written) -> Written:
    return {"any_of": {"of": of, "where": where}}


def all_of(of: str, where: Written) -> Written:
    return {"all_of": {"of": of, "where": where}}


def count(of: str, where: Written, least: object) -> Written:
    return {"count": {"of": of, "where": where, "at_least": least}}


@pytest.mark.parametrize(
    ("verbs", "some", "every"),
    [
        ([], FALSE, TRUE),
        (["operation"], TRUE, TRUE),
        (["repair"], FALSE, FALSE),
        (["operation", "repair"], TRUE, FALSE),
        (["operation", "unknown"], TRUE, UNKNOWN),
        (["repair", "unknown"], UNKNOWN, FALSE),
        (ABSENT, UNKNOWN, UNKNOWN),
    ],
)
def test_some_and_every_member(verbs: object, some: int, every: int) -> None:
    told = {"releases.r1.verbs": verbs}
    assert seen(any_of(VERBS, OPERATES), told).truth == some
    assert seen(all_of(VERBS, OPERATES), told).truth == every


@pytest.mark.parametrize(
    ("verbs", "least", "answer"),
    [
        (["operation", "repair", "overhaul"], 2, TRUE),
        (["operation", "overhaul"], 2, FALSE),
        (["operation", "repair", "unknown"], 2, TRUE),
        (["operation", "unknown"], 2, UNKNOWN),
        (["overhaul", "unknown"], 2, FALSE),
        ([], 1, FALSE),
    ],
)
def test_counting_is_sure_as_soon_as_it_can_be(verbs: list[str], least: int, answer: int) -> None:
    meant = {"in": ["value", ["operation", "repair"]]}
    found = seen(count(VERBS, meant, Decimal(least)), {"releases.r1.verbs": verbs})
    assert found.truth == answer
    assert found.missing == (("releases.r1.verbs",) if answer == UNKNOWN else ())


def test_counting_members_the_law_cannot_place_is_left_to_the_law() -> None:
    held = {"people.lin.citizenships": [{"country": "XE"}, {"country": "XB"}]}
    within = {"country_in": ["country", "XA:B"]}
    found = seen(count("exposure.person.citizenships", within, Decimal(2)), held)
    assert (found.truth, found.missing) == (UNSETTLED, ())


def test_every_group_looked_up_for_a_member_is_on_record() -> None:
    held = {"people.lin.citizenships": [{"country": "XB"}, {"country": "XC"}, "unknown"]}
    within = {"not": {"country_in": ["country", "XA:B"]}}
    found = seen(any_of("exposure.person.citizenships", within), held)
    assert found.rows == ("groups:XA:B:XB", "groups:XA:B:XC")


def test_a_party_that_is_not_there_has_no_members() -> None:
    assert (
        seen(any_of("exposure.person.citizenships", {"is": ["country", "XC"]}), TO_HOME).truth
        == FALSE
    )
    assert (
        seen(all_of("exposure.person.citizenships", {"is": ["country", "XC"]}), TO_HOME).truth
        == TRUE
    )


def test_a_member_counts_only_while_it_lasts() -> None:
    meant = any_of("exposure.person.affiliations", {"is": ["organisation", "home"]})
    for dates, answer in (
        ({}, TRUE),
        ({"from": "2026-11-22", "until": "2026-11-22"}, TRUE),
        ({"from": "2026-11-23"}, FALSE),
        ({"until": "2026-11-21"}, FALSE),
    ):
        tie = {"organisation": "home", "role": "employee", **dates}
        assert seen(meant, {"people.lin.affiliations": [tie]}).truth == answer


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ({"is": ["organisation", "host"]}, TRUE),
        ({"is": ["person", "lin"]}, UNKNOWN),
        ({"in": ["organisation", ["home", "host"]]}, TRUE),
        ({"compare": ["share", ">=", "50 %"]}, TRUE),
        ({"compare": ["share", "<", "50 %"]}, FALSE),
        ({"any": [{"is": ["organisation", "x"]}, {"compare": ["share", "==", "60 %"]}]}, TRUE),
        ({"all": [{"is": ["organisation", "x"]}, {"is": ["person", "lin"]}]}, FALSE),
        ({"not": {"is": ["organisation", "host"]}}, FALSE),
        ({"not": {"is": ["person", "lin"]}}, UNKNOWN),
    ],
)
def test_a_member_is_looked_at_by_its_keys(where: Written, answer: int) -> None:
    assert seen(any_of("exposure.employer.owners", where), OWNED).truth == answer


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ({"after": ["from", "2020-01-01"]}, TRUE),
        ({"after": ["from", "2020-05-05"]}, FALSE),
        ({"before": ["from", "2020-05-06"]}, TRUE),
        ({"before": ["from", "2020-05-05"]}, FALSE),
    ],
)
def test_days_of_members_are_held_against_days(where: Written, answer: int) -> None:
    held = {"people.lin.citizenships": [{"country": "XC", "from": "2020-05-05"}]}
    assert seen(any_of("exposure.person.citizenships", where), held).truth == answer


def test_a_measure_in_another_unit_is_asked_for_again() -> None:
    listed = any_of("releases", {"is": ["how", "shipment"]})
    assert seen(listed).truth == FALSE
    where = {"compare": ["benefit_share", ">", "50 %"]}
    found = seen(any_of("people", where))
    assert (found.truth, found.missing) == (UNKNOWN, ("people.lin.benefit_share",))


@pytest.mark.parametrize(
    ("of", "where", "asked"),
    [
        ("people", {"is": ["visa", "J-1"]}, "people.lin.visa"),
        ("organisations", {"is": ["kind", "company"]}, "organisations.home.kind"),
        ("items", {"is": ["classified", True]}, "items.thing.classified"),
        ("releases", {"is": ["meeting", "open"]}, "releases.r1.meeting"),
    ],
)
def test_of_a_whole_block_the_one_missing_fact_is_asked_for(
    of: str, where: Written, asked: str
) -> None:
    found = seen(any_of(of, where))
    assert (found.truth, found.missing) == (UNKNOWN, (asked,))


def papers(*written: dict[str, object]) -> dict[str, object]:
    return {"papers": list(written)}


@pytest.mark.parametrize(
    ("told", "answer", "asked"),
    [
        (papers(), FALSE, ()),
        (papers({"kind": "nda", "signed": True}), TRUE, ()),
        (papers({"kind": "nda", "signed": False}), FALSE, ()),
        (papers({"kind": "clearance", "signed": True}), FALSE, ()),
        (papers({"kind": "clearance"}, {"kind": "nda"}), UNKNOWN, ("papers.nda.signed",)),
        ({"papers": "unknown"}, UNKNOWN, ("papers",)),
    ],
)
def test_papers_are_looked_at_by_kind(
    told: dict[str, object], answer: int, asked: tuple[str, ...]
) -> None:
    found = seen(any_of("papers", SIGNED), told)
    assert (found.truth, found.missing) == (answer, asked)


EVER = "exposure.nationalities"
IN_XB: Written = {"is": ["country", "XB"]}


@pytest.mark.parametrize(
    ("told", "answer", "asked"),
    [
        ({}, FALSE, ()),
        ({"people.lin.permanent_residencies": [{"country": "XB"}]}, TRUE, ()),
        (
            {"people.lin.permanent_residencies": ABSENT},
            UNKNOWN,
            ("people.lin.permanent_residencies",),
        ),
        (
            {"people.lin.citizenships": ["unknown", {"country": "XC"}]},
            UNKNOWN,
            ("people.lin.citizenships",),
        ),
        ({"releases.r1.where": "XB"}, TRUE, ()),
        ({"releases.r1.where": ABSENT}, UNKNOWN, ("releases.r1.where",)),
        ({**TO_HOME, "organisations.home.country": "XB"}, TRUE, ()),
        (
            {**TO_HOME, "organisations.home.country": ABSENT},
            UNKNOWN,
            ("organisations.home.country",),
        ),
    ],
)
def test_every_nationality_ever_held_counts(
    told: dict[str, object], answer: int, asked: tuple[str, ...]
) -> None:
    found = seen(any_of(EVER, IN_XB), told)
    assert (found.truth, found.missing) == (answer, asked)


def test_what_was_read_is_told_with_its_source() -> None:
    told = {"releases.r1.verbs": {"value": ["operation"], "source": "form"}}
    (read,) = seen(any_of(VERBS, OPERATES), told).reads
    assert (read.fact, read.value, read.source) == ("releases.r1.verbs", ("operation",), "form")
    (read,) = seen(any_of("people", {"is": ["employment", "visitor"]})).reads
    assert (read.fact, read.value) == ("people", 1)


def test_a_list_knows_the_facts_it_reads_and_whether_they_are_nationality() -> None:
    held = leaf(any_of("exposure.person.citizenships", IN_XB))
    assert (held.patterns, held.axes, held.nationality) == (
        {"people.*.citizenships"},
        {"who"},
        True,
    )
    whole = leaf(any_of("papers", SIGNED))
    assert whole.patterns == {spec.pattern for spec in BY_BLOCK["papers"].values()}
    assert whole.axes == {"who", "what", "release"}
    assert leaf(any_of(EVER, IN_XB)).nationality


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (any_of(VERBS, OPERATES), "one of the verbs is operation"),
        (any_of("papers", {"is": ["refused", False]}), "one of the papers not refused"),
        (all_of("papers", SIGNED), "all of the papers kind is nda and signed"),
        (
            count(
                "people",
                {"any": [{"in": ["visa", ["J-1", "F-1"]]}, {"is": ["employment", "student"]}]},
                Decimal(2),
            ),
            "at least 2 of the people visa is one of J-1, F-1 or employment is student",
        ),
        (
            any_of("exposure.employer.owners", {"not": {"compare": ["share", ">", "50 %"]}}),
            "one of the owners not share > 50 %",
        ),
        (
            any_of(EVER, {"country_in": ["country", "XA:B"]}),
            "one of the nationalities country is in XA:B",
        ),
    ],
)
def test_a_list_is_spoken_as_a_sentence(condition: Written, sentence: str) -> None:
    assert leaf(condition).text == sentence


OF = "when.any_of"


@pytest.mark.parametrize(
    ("condition", "refusals"),
    [
        ({"any_of": []}, [("wrong_type", OF)]),
        ({"any_of": {"of": VERBS}}, [("missing_key", OF)]),
        ({"any_of": {"of": VERBS, "where": OPERATES, "x": 1}}, [("unknown_key", f"{OF}.x")]),
        (any_of("exposure.release.colour", OPERATES), [("unknown_fact", f"{OF}.of")]),
        (any_of("activity", OPERATES), [("unknown_fact", f"{OF}.of")]),
        (any_of("activity.nature", OPERATES), [("wrong_value", f"{OF}.of")]),
        (any_of("exposure.country", OPERATES), [("wrong_value", f"{OF}.of")]),
        (any_of(VERBS, {}), [("wrong_type", f"{OF}.where")]),
        (any_of(VERBS, {"hit": {}}), [("unknown_operator", f"{OF}.where.hit")]),
        (any_of(VERBS, {"all": []}), [("unknown_operator", f"{OF}.where.all")]),
        (any_of(VERBS, {"is": ["value"]}), [("unknown_operator", f"{OF}.where.is")]),
        (any_of(VERBS, {"is": ["kind", "x"]}), [("unknown_fact", f"{OF}.where.is[0]")]),
        (any_of(VERBS, {"is": [[], "x"]}), [("unknown_fact", f"{OF}.where.is[0]")]),
        (any_of(VERBS, {"is": ["value", "fly"]}), [("wrong_value", f"{OF}.where.is[1]")]),
        (any_of(VERBS, {"in": ["value", []]}), [("wrong_type", f"{OF}.where.in[1]")]),
        (any_of(VERBS, {"in": ["value", "operation"]}), [("wrong_type", f"{OF}.where.in[1]")]),
        (any_of(VERBS, {"in": ["value", ["fly"]]}), [("wrong_value", f"{OF}.where.in[1][0]")]),
        (any_of(VERBS, {"not": {"is": ["x", "y"]}}), [("unknown_fact", f"{OF}.where.not.is[0]")]),
        (
            any_of(VERBS, {"all": [OPERATES, {"is": ["x", "y"]}]}),
            [("unknown_fact", f"{OF}.where.all[1].is[0]")],
        ),
        (
            any_of(EVER, {"after": ["from", "2020-02-30"]}),
            [("wrong_value", f"{OF}.where.after[1]")],
        ),
        (
            any_of(EVER, {"after": ["country", "2020-02-03"]}),
            [("wrong_value", f"{OF}.where.after[1]")],
        ),
        (
            any_of(EVER, {"country_in": ["from", "XA:B"]}),
            [("wrong_value", f"{OF}.where.country_in[1]")],
        ),
        (
            any_of(EVER, {"country_in": ["country", "XA:Z"]}),
            [("unknown_group", f"{OF}.where.country_in[1]")],
        ),
        (
            any_of("exposure.employer.owners", {"compare": ["share", ">", "5 km"]}),
            [("wrong_value", f"{OF}.where.compare[1]")],
        ),
        (
            any_of("exposure.employer.owners", {"compare": ["share", "=>", "5 %"]}),
            [("wrong_value", f"{OF}.where.compare[1]")],
        ),
        (
            any_of("exposure.employer.owners", {"compare": ["person", ">", "5 %"]}),
            [("wrong_value", f"{OF}.where.compare[1]")],
        ),
        (count(VERBS, OPERATES, "two"), [("wrong_value", "when.count.at_least")]),
        (count(VERBS, OPERATES, Decimal(0)), [("wrong_value", "when.count.at_least")]),
        (count(VERBS, OPERATES, Decimal("1.5")), [("wrong_value", "when.count.at_least")]),
    ],
)
def test_a_list_that_could_never_be_answered_is_refused_when_written(
    condition: Written, refusals: list[tuple[str, str]]
) -> None:
    assert refused(condition) == refusals


def test_licences_are_named_plainly_or_with_their_nationals() -> None:
    held: dict[str, Any] = {
        "organisations.home.approved_under": ["L-7", {"number": "L-8", "nationals": ["XB"]}]
    }
    approved = "exposure.employer.approved_under"
    assert seen(any_of(approved, {"is": ["value", "L-7"]}), held).truth == TRUE
    assert seen(any_of(approved, {"is": ["number", "L-8"]}), held).truth == TRUE
