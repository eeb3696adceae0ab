"""Determining a whole case: which regimes, on which day, what changes inside a window, and what no
odd but valid case may break.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.facts import Facts, read_facts
from apps.engine.refusal import Refusals
from apps.engine.rows import ChartRow, Period, RegimeRow, Rows, RuleRow
from tests.factories.engine import (
    ABSENT,
    ALWAYS,
    ALWAYS_TRUE,
    NEVER_TRUE,
    REGIME,
    SOURCE,
    TODAY,
    UNKNOWN_FACT,
    chart_rule,
    determined,
    document,
    edition,
    exception_rule,
    facts,
    rule,
    term,
)

SPRING, SUMMER = date(2027, 3, 1), date(2027, 6, 1)
OTHER = "XB-LAW"


def refusal(*rules: RuleRow, told: Facts | None = None, **options: Any) -> tuple[str, str, str]:
    with pytest.raises(Refusals) as raised:
        determine(told or facts(), edition(*rules), on=TODAY, **options)
    (no,) = raised.value.items
    return no.code, no.where, no.found


def test_every_regime_of_the_edition_is_asked_in_order_of_name() -> None:
    found = determined(None, rule("b", regime=OTHER), rule("a"))
    assert [cell.regime for cell in found.exposures[0].regimes] == [REGIME, OTHER]


def test_only_the_regimes_that_are_wanted_are_asked_once_and_in_their_order() -> None:
    found = determined(None, rule("b", regime=OTHER), rule("a"), asked=(OTHER, REGIME, OTHER))
    assert [cell.regime for cell in found.exposures[0].regimes] == [OTHER, REGIME]


@pytest.mark.parametrize(
    ("other", "petition", "outcome"),
    [
        ({}, "planned", "licence_required"),
        ({"when": NEVER_TRUE}, "planned", "no_licence_required"),
        ({"when": UNKNOWN_FACT}, "planned", "needs_information"),
        ({"outcome": "undetermined"}, "planned", "undetermined"),
        ({}, "none", "no_licence_required"),
        ({}, "filed", "no_licence_required"),
        ({}, "unknown", "undetermined"),
        (None, "planned", "undetermined"),
    ],
)
def test_a_rule_may_hang_on_what_another_regime_demands(
    other: Mapping[str, object] | None, petition: str, outcome: str
) -> None:
    mine = rule("a", when={"is": [f"exposure.demand.{OTHER}", "yes"]})
    beside = [] if other is None else [rule("b", regime=OTHER, **other)]
    told = {"people.lin.petition": petition, "people.lin.visa": "H-1B"}
    found = determined(told, mine, *beside, asked=(REGIME,))
    assert found.exposures[0].regimes[0].outcome == outcome


def test_regimes_that_ask_each_other_leave_it_to_an_officer() -> None:
    mine = rule("a", when={"is": [f"exposure.demand.{OTHER}", "yes"]})
    back = rule("b", regime=OTHER, when={"is": [f"exposure.demand.{REGIME}", "yes"]})
    told = {"people.lin.petition": "planned", "people.lin.visa": "H-1B"}
    found = determined(told, mine, back)
    assert [cell.outcome for cell in found.exposures[0].regimes] == ["undetermined"] * 2


def regimes(**hosts: str) -> tuple[RegimeRow, ...]:
    rows = {REGIME: hosts.get("own", "XA"), OTHER: hosts.get("other", "XB")}
    return tuple(
        RegimeRow(regime, tuple(codes.split()), "licence", ALWAYS, SOURCE)
        for regime, codes in rows.items()
    )


@pytest.mark.parametrize(
    ("changes", "hosts", "asked"),
    [
        ({}, {}, [REGIME]),
        ({}, {"other": "*"}, [REGIME, OTHER]),
        ({"organisations.host.country": "XB"}, {}, [OTHER]),
        ({"organisations.host.country": ABSENT}, {}, [REGIME, OTHER]),
        ({"activity.host": ABSENT}, {}, [REGIME, OTHER]),
        ({"organisations.host.country": "XE"}, {}, []),
    ],
)
def test_a_regime_is_asked_for_the_hosts_it_is_for_and_for_any_that_is_not_known(
    changes: Mapping[str, object], hosts: dict[str, str], asked: list[str]
) -> None:
    standing = edition(rule("a"), rule("b", regime=OTHER), regimes=regimes(**hosts))
    found = determine(facts(changes), standing, on=TODAY)
    assert [cell.regime for cell in found.exposures[0].regimes] == asked


def test_a_host_without_any_law_on_file_is_looked_at_by_a_person() -> None:
    nowhere = facts({"organisations.host.country": "XE"})
    found = determine(nowhere, edition(regimes=regimes()), on=TODAY)
    assert (found.outcome, found.open, found.tier) == ("undetermined", 0, "T2")


def test_a_regime_the_edition_does_not_hold_is_refused_with_those_it_holds() -> None:
    assert refusal(rule(), regimes=[REGIME, "XZ-LAW"]) == ("unknown_regime", "regimes", "XZ-LAW")
    with pytest.raises(Refusals, match="It holds XA-LAW on that day"):
        determined(None, asked=("XZ-LAW",))


def test_before_its_rules_begin_an_edition_gives_no_answer() -> None:
    later = rule(period=Period(since=SPRING))
    assert refusal(later) == ("unknown_regime", "regimes", "")
    with pytest.raises(Refusals, match="no regime at all"):
        determined(None, later)
    assert determined(None, later, on=SPRING).outcome == "licence_required"


def test_a_case_without_exposure_is_refused() -> None:
    assert refusal(rule(), told=Facts()) == ("no_exposure", "releases", "")


def test_the_law_of_the_day_of_the_determination_counts() -> None:
    ends = rule("a", period=Period(before=SPRING))
    stays = rule("b", outcome="prohibited", period=Period(since=SPRING))
    standing = edition(ends, stays)
    outcomes = [determine(facts(), standing, on=day).outcome for day in (TODAY, SPRING)]
    assert outcomes == ["licence_required", "prohibited"]


def changes(window: object, *rules: RuleRow, **tables: Any) -> list[dict[str, object]]:
    found = determined({"releases.r1.window": window}, *rules, **tables)
    return [change.as_dict() for change in found.exposures[0].regimes[0].changes]


LONG = {"from": "2026-12-01", "until": "2027-12-31"}
STRICTER = rule("strict", outcome="prohibited", period=Period(since=SPRING))


def test_a_change_of_law_inside_the_window_is_told_with_its_day_and_rule() -> None:
    assert changes(LONG, rule(), STRICTER) == [
        {"on": "2027-03-01", "outcome": "prohibited", "because": "strict"}
    ]


@pytest.mark.parametrize(
    "window",
    [
        ABSENT,
        {"from": "2026-12-01"},
        {"until": "2026-11-22"},
        {"until": "2027-02-28"},
        {"from": "2027-12-31", "until": "2026-12-01"},
    ],
)
def test_a_window_that_is_open_over_or_ends_before_tells_of_no_change(window: object) -> None:
    assert changes(window, rule(), STRICTER) == []


def test_the_law_of_the_first_day_of_a_later_window_is_told_as_a_change() -> None:
    assert changes({"from": "2027-04-01", "until": "2027-05-01"}, rule(), STRICTER) == [
        {"on": "2027-04-01", "outcome": "prohibited", "because": "strict"}
    ]


def test_a_window_that_has_begun_is_looked_at_from_today() -> None:
    past = rule("past", outcome="prohibited", period=Period(before=TODAY))
    assert changes({"from": "2026-01-01", "until": "2027-12-31"}, rule(), past) == []


def test_a_turn_that_changes_nothing_is_not_told_and_each_change_is_told_once() -> None:
    rules = (
        rule("a", period=Period(before=SUMMER)),
        rule("idle", when={"not": ALWAYS_TRUE}, period=Period(since=SPRING)),
        rule("base", when={"not": ALWAYS_TRUE}),
        rule("idle-too", when={"not": ALWAYS_TRUE}, period=Period(since=date(2027, 7, 1))),
    )
    assert changes(LONG, *rules) == [
        {
            "on": "2027-06-01",
            "outcome": "no_licence_required",
            "because": "no rule demands a licence",
        }
    ]


def test_a_cell_of_the_chart_that_changes_is_a_change_of_law() -> None:
    chart = (
        ChartRow(REGIME, "XC", "NS1", False, Period(before=SPRING), SOURCE),
        ChartRow(REGIME, "XC", "NS1", True, Period(since=SPRING), SOURCE),
    )
    assert changes(LONG, chart_rule(), chart=chart) == [
        {"on": "2027-03-01", "outcome": "licence_required", "because": "small.chart"}
    ]


def test_law_that_ends_inside_the_window_with_nothing_after_it_is_told() -> None:
    ending = rule("a", period=Period(before=SPRING))
    assert changes(LONG, ending, rule("b", regime=OTHER)) == [
        {
            "on": "2027-03-01",
            "outcome": "undetermined",
            "because": "no rule of the regime is on file",
        }
    ]


ODD: list[dict[str, object]] = [
    {"releases.r1.who": "home"},
    {"releases.r1.who": "host"},
    {"releases.r1.who": ["lin", "home", "lin"]},
    {"releases.r1.from": "lin"},
    {"releases.r1.from": "lin", "people.lin.located_in": "XB"},
    {"releases.r1.from": ABSENT, "activity.host": ABSENT},
    {"people.lin.citizenships": [], "people.lin.permanent_residencies": []},
    {"people.lin.citizenships": ["unknown", {"country": "XC"}]},
    {"people.lin.citizenships": [{"country": "unknown"}]},
    {"people.lin.citizenships": [{"country": "XC", "from": "2099-01-01"}]},
    {"people.lin.affiliations": ["unknown", {"organisation": "elsewhere"}]},
    {"people.lin.hits": ["unknown"], "organisations.home.hits": []},
    {"people.lin.employer": ABSENT},
    {"people.lin.name": "\u202eآلاء 李 \U0001f9ea"},
    {"activity.end_use": ["unknown"], "activity.publication": ["free", "unknown"]},
    {"items.thing.measures.energy": "1 kWh/kg"},
    {"items.thing.measures.energy": {"value": "unknown", "unit": "Wh/kg"}},
    {f"items.thing.control.{REGIME}.item": "listed"},
    {f"items.thing.control.{REGIME}.item": "9Z999", f"items.thing.control.{REGIME}.for": "listed"},
    {f"items.thing.control.{REGIME}.excludes": ["1X001"]},
    {f"items.thing.control.{REGIME}.reasons": [], f"items.thing.control.{REGIME}.eligible": []},
    {"papers": "unknown"},
    {"papers": [{"kind": "nda"}, {"kind": "nda", "about": ["unknown"]}]},
    {"papers": [{"kind": "nda", "on": "2099-01-01"}, {"kind": "nda", "until": "2001-01-01"}]},
    {"releases.r1.window": {"from": "2027-05-01", "until": "2027-01-01"}},
    {"releases.r1.window": {"until": "9999-12-31"}},
]  # fmt: skip
READS = [
    {"country_in": ["exposure.country", "XA:B"]},
    {"is": ["exposure.country", "XB"]},
    {"marked": {"of": "exposure.item", "at": "exposure.country"}},
    {"reasons": {"of": "exposure.item", "at": "exposure.nationality", "only": ["NS"]}},
    {"hit": {"of": "exposure.employers", "lists": ["XA-LIST"]}},
    {"hit": {"of": "exposure.giver", "lists": ["XA-LIST"]}},
    {"owned_by": {"of": "exposure.employer", "lists": ["XA-LIST"], "at_least": "50 %"}},
    {"any_of": {"of": "exposure.nationalities", "where": {"is": ["country", "XB"]}}},
    {"any_of": {"of": "activity.end_use", "where": {"is": ["value", "military"]}}},
    {"all_of": {"of": "people", "where": {"is": ["visa", "J-1"]}}},
    {"compare": ["exposure.item.measures.energy", ">", "350 Wh/kg"]},
    {"threshold": ["exposure.item.measures.energy", "cell_energy"]},
    {"is": ["papers.nda.signed", True]},
    {"is": ["exposure.item.tsr", "yes"]},
    {"is": ["exposure.recipient.foreign_person", True]},
    {"is": ["exposure.person.employer", "exposure.release.from"]},
]


def every_reader() -> Edition:
    rules = [rule(f"r{place:02d}", when=when) for place, when in enumerate(READS)]
    turned = [rule(f"s{place:02d}", when={"not": when}) for place, when in enumerate(READS)]
    return edition(
        chart_rule(),
        *rules,
        *turned,
        exception_rule(conditions=[term("nda")]),
        rule("later", period=Period(since=SPRING)),
    )


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_but_valid_case_is_determined_without_fault_and_the_same_again(
    odd: dict[str, object],
) -> None:
    standing = every_reader()
    first, second = (determine(facts(odd), standing, on=TODAY) for _ in range(2))
    assert first.as_result() == second.as_result()
    assert first.exposures[0].regimes[0].outcome == "licence_required"


def test_a_case_in_which_nothing_is_told_of_anybody_is_determined() -> None:
    bare: dict[str, Any] = {
        "people": {"lin": {}},
        "items": {"thing": {}},
        "releases": [{"id": "r1", "who": "lin", "what": "thing"}],
    }
    found = determine(read_facts(bare), edition(chart_rule()), on=TODAY)
    assert (found.outcome, found.open) == ("needs_information", 1)
    assert [question.fact for question in found.questions] == [f"items.thing.control.{REGIME}.item"]


def test_rows_alone_are_no_law() -> None:
    with pytest.raises(Refusals, match="no rules of any regime"):
        determine(facts(), Edition("none", Rows(), edition().law, (), ()), on=TODAY)


def test_a_document_is_not_changed_by_determining_it() -> None:
    whole = document()
    before = repr(whole)
    determine(read_facts(whole), edition(chart_rule()), on=TODAY).as_result()
    assert repr(whole) == before
