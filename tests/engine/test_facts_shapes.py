"""Lists, records, entries and nationalities: what fits is read, and every fault is told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apps.engine.facts.shapes import (
    APPROVAL,
    HIT,
    OWNER,
    WINDOW,
    Entry,
    ListOf,
    Nationalities,
    Record,
)
from apps.engine.facts.types import (
    UNKNOWN_VALUE,
    Amount,
    Country,
    FactType,
    Flag,
    Reading,
    Text,
    Vocabulary,
)
from apps.engine.refusal import Refusal

FLAGS = ListOf(Flag(), most=3)
VOCABULARY = Vocabulary(
    frozenset({"XA", "XB"}), {"XA-LAW": frozenset({"1X001", "EAR99", "listed"})}
)
ITEM = "items.thing.control.XA-LAW.item"


def read(kind: FactType, raw: object, where: str = "fact") -> tuple[object, list[tuple[str, str]]]:
    found: list[Refusal] = []
    value = kind.read(raw, where, Reading(VOCABULARY, found.append))
    return value, [(no.code, no.where) for no in found]


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (FLAGS, [], ()),
        (FLAGS, [True, False], (True, False)),
        (FLAGS, [True, "unknown"], (True, UNKNOWN_VALUE)),
        (FLAGS, [{"value": True, "source": "seen"}], (True,)),
        (ListOf(Text(), alone=True), "lin", ("lin",)),
        (ListOf(Text(), alone=True), ["lin", "omar"], ("lin", "omar")),
        (
            WINDOW,
            {"from": "2026-12-01", "until": "unknown"},
            {"from": date(2026, 12, 1)},
        ),
        (WINDOW, {}, {}),
        (
            OWNER,
            {"organisation": "home", "share": "60 %"},
            {"organisation": "home", "share": Amount(Decimal(60), "%")},
        ),
        (APPROVAL, "L-7", "L-7"),
        (
            APPROVAL,
            {"number": "L-7", "nationals": ["XA"]},
            {"number": "L-7", "nationals": ("XA",)},
        ),
        (Nationalities(), [], ()),
    ],
)
def test_a_value_that_fits_is_read(kind: FactType, raw: object, value: object) -> None:
    assert read(kind, raw) == (value, [])


@pytest.mark.parametrize(
    ("kind", "raw", "refusals"),
    [
        (FLAGS, True, [("wrong_type", "fact")]),
        (FLAGS, 4 * [True], [("wrong_type", "fact")]),
        (FLAGS, {"0": True}, [("wrong_type", "fact")]),
        (WINDOW, "2026", [("wrong_type", "fact")]),
        (OWNER, {"share": "160 %"}, [("wrong_type", "fact.share")]),
        (Nationalities(), "XA", [("wrong_type", "fact")]),
    ],
)
def test_a_value_of_another_shape_is_refused(
    kind: FactType, raw: object, refusals: list[tuple[str, str]]
) -> None:
    assert read(kind, raw)[1] == refusals


def test_every_member_that_does_not_fit_is_refused_at_its_place() -> None:
    value, refusals = read(FLAGS, [True, "yes", 7])
    assert value == (True, UNKNOWN_VALUE, UNKNOWN_VALUE)
    assert refusals == [("wrong_type", "fact[1]"), ("wrong_type", "fact[2]")]


def test_a_record_refuses_strange_and_missing_keys_and_wrong_values_in_one_go() -> None:
    _, refusals = read(HIT, {"list": "XA", "state": "maybe", "colour": "red"})
    assert refusals == [
        ("unknown_key", "fact.colour"),
        ("not_an_option", "fact.state"),
        ("missing_key", "fact.party"),
    ]


def test_a_record_that_lacks_what_it_is_about_is_not_known_as_a_whole() -> None:
    assert read(HIT, {"list": "XA", "party": "x", "state": "unknown"}) == (UNKNOWN_VALUE, [])
    assert read(Nationalities(), [{"country": "unknown", "from": "2020-01-01"}]) == (
        (UNKNOWN_VALUE,),
        [],
    )


def test_types_are_named_for_the_registry() -> None:
    assert [kind.name for kind in (FLAGS, WINDOW, APPROVAL, Nationalities(), Entry())] == [
        "list of bool",
        "window",
        "text or record",
        "list of nationality",
        "item",
    ]


@pytest.mark.parametrize("code", ["1X001", "1X001.b.4", "EAR99", "listed"])
def test_an_entry_the_edition_knows_may_stand_with_any_paragraph(code: str) -> None:
    assert read(Entry(), code, ITEM) == (code, [])


@pytest.mark.parametrize(
    ("code", "where", "refusal"),
    [
        ("9X999", ITEM, "unknown_item"),
        ("9X999", "items.thing.control.XA-LAW.excludes[0]", "unknown_item"),
        ("", ITEM, "wrong_type"),
        ("3E001 ", ITEM, "wrong_type"),
        (True, ITEM, "wrong_type"),
        (None, ITEM, "wrong_type"),
        (["1X001"], ITEM, "wrong_type"),
    ],
)
def test_another_entry_is_refused(code: object, where: str, refusal: str) -> None:
    assert read(Entry(), code, where) == (UNKNOWN_VALUE, [(refusal, where)])


def test_an_entry_of_a_list_the_edition_does_not_hold_is_taken_as_it_is() -> None:
    assert read(Entry(), "ML5", "items.thing.control.XB-LAW.item") == ("ML5", [])
    assert read(Entry(), "ML5", "items.XA-LAW.control.XB-LAW.item") == ("ML5", [])


@pytest.mark.parametrize(
    ("days", "refused"),
    [
        (("2001-05-02", "2010-01-01"), []),
        (("2010-01-01", "2010-01-01"), []),
        (("unknown", "2010-01-01"), []),
        (("2010-01-01", "2001-05-02"), [("dates_out_of_order", "fact")]),
        (("2010-02-30", "2001-05-02"), [("impossible_date", "fact[0].from")]),
    ],
)
def test_nationalities_rise_by_date(days: tuple[str, str], refused: list[tuple[str, str]]) -> None:
    raw = [
        {"country": country, "from": day} for country, day in zip(["XA", "XB"], days, strict=True)
    ]
    assert read(Nationalities(), raw)[1] == refused


def test_a_record_inside_a_list_is_read_with_its_own_types() -> None:
    kind = ListOf(Record({"country": Country()}, ("country",), kind="place"))
    assert read(kind, [{"country": "XQ"}, {"country": "XA"}]) == (
        ({"country": UNKNOWN_VALUE}, {"country": "XA"}),
        [("unknown_country", "fact[0].country")],
    )
