"""A facts document made of single answers, and one answer checked by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apps.engine.facts import FactEntry, Vocabulary, assemble, check_value, read_facts
from apps.engine.refusal import Refusals

KNOWN = Vocabulary(countries=frozenset({"XA"}), items={"XA-LAW": frozenset({"1X001"})})


def refusals(path: str, value: object) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as raised:
        check_value(path, value, vocabulary=KNOWN)
    return [(no.code, no.where) for no in raised.value.items]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("activity.nature", "applied"),
        ("people.lin.located_in", "XA"),
        ("people.lin.located_in", "unknown"),
        ("people.lin.located_in", {"value": "XA", "source": "passport"}),
        ("people.lin.citizenships", [{"country": "XA", "from": "2001-02-03"}]),
        ("items.cell.measures.energy", "400 Wh/kg"),
        ("items.cell.measures.energy", {"value": Decimal(400), "unit": "Wh/kg"}),
        ("items.press.control.XA-LAW.item", "1X001.b"),
        ("papers.nda.signed", True),
    ],
)
def test_a_value_that_may_stand_is_given_back_as_it_came(path: str, value: object) -> None:
    assert check_value(path, value, vocabulary=KNOWN) is value


@pytest.mark.parametrize(
    ("path", "value", "refused"),
    [
        ("people.lin.colour", "red", ("unknown_fact", "people.lin.colour")),
        ("x" * 300, "red", ("unknown_fact", "x" * 160)),
        ("activity.nature", "playful", ("not_an_option", "activity.nature")),
        ("people.lin.located_in", "XQ", ("unknown_country", "people.lin.located_in")),
        (
            "people.lin.citizenships",
            [{"country": "XA"}, {"country": "XQ"}],
            ("unknown_country", "people.lin.citizenships[1].country"),
        ),
        (
            "items.press.control.XA-LAW.item",
            "9Z009",
            ("unknown_item", "items.press.control.XA-LAW.item"),
        ),
    ],
)
def test_a_value_that_may_not_stand_is_refused_at_its_place(
    path: str, value: object, refused: tuple[str, str]
) -> None:
    assert refusals(path, value) == [refused]


def test_without_a_vocabulary_codes_are_taken_as_they_are() -> None:
    assert check_value("people.lin.located_in", "QQ") == "QQ"


def test_answers_make_a_document_in_order_of_their_paths() -> None:
    document = assemble(
        [
            FactEntry("releases.r2.who", "lin"),
            FactEntry("releases.r1.who", "lin"),
            FactEntry("releases.r1.how", "teaching"),
            FactEntry("papers.nda.signed", True),
            FactEntry("activity.nature", "applied"),
            FactEntry("people.lin.visa", "J-1"),
            FactEntry("items.cell.measures.energy", "400 Wh/kg"),
            FactEntry("items.cell.control.XA-LAW.item", "1X001"),
        ]
    )
    assert document == {
        "activity": {"nature": "applied"},
        "items": {
            "cell": {
                "control": {"XA-LAW": {"item": "1X001"}},
                "measures": {"energy": "400 Wh/kg"},
            }
        },
        "papers": [{"kind": "nda", "signed": True}],
        "people": {"lin": {"visa": "J-1"}},
        "releases": [{"id": "r1", "how": "teaching", "who": "lin"}, {"id": "r2", "who": "lin"}],
    }
    assert list(document) == ["activity", "items", "papers", "people", "releases"]


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (FactEntry("activity.kind", "visit"), "visit"),
        (FactEntry("activity.kind", "visit", "form"), {"value": "visit", "source": "form"}),
        (
            FactEntry("activity.kind", "visit", "form", date(2026, 11, 2)),
            {"value": "visit", "source": "form", "as_of": "2026-11-02"},
        ),
        (
            FactEntry("activity.kind", "visit", as_of=date(2026, 11, 2)),
            {"value": "visit", "source": "", "as_of": "2026-11-02"},
        ),
        (
            FactEntry("activity.kind", {"value": 5, "unit": "km"}, "sheet"),
            {"value": 5, "unit": "km", "source": "sheet"},
        ),
    ],
)
def test_an_answer_with_a_source_is_written_long(entry: FactEntry, written: object) -> None:
    assert assemble([entry]) == {"activity": {"kind": written}}


def test_what_is_assembled_is_read_with_its_source_and_day() -> None:
    entry = FactEntry("items.cell.measures.energy", "400 Wh/kg", "sheet", date(2026, 11, 2))
    fact = read_facts(assemble([entry])).items["cell"]["measures.energy"]
    assert (str(fact.value), fact.source, fact.as_of) == (
        "400 Wh/kg",
        "sheet",
        date(2026, 11, 2),
    )


@pytest.mark.parametrize(
    ("paths", "where"),
    [
        (("people.lin", "people.lin.visa"), "people.lin.visa"),
        (("activity", "activity.kind"), "activity.kind"),
        (("releases.r1",), "releases.r1"),
    ],
)
def test_an_answer_below_an_answer_is_refused(paths: tuple[str, ...], where: str) -> None:
    with pytest.raises(Refusals) as raised:
        assemble(FactEntry(path, "text") for path in paths)
    (no,) = raised.value.items
    assert (no.code, no.where) == ("unknown_fact", where)
