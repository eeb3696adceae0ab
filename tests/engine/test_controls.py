"""Which reasons for control apply to an item, by entry, paragraph and what it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apps.engine.controls import (
    Control,
    Restricted,
    applied_reasons,
    is_entry,
    restricted_exception,
)
from apps.engine.facts.types import UNKNOWN_VALUE
from apps.engine.law import Law, index_rows
from apps.engine.rows import ReasonRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import ENTRY, REGIME, TODAY, item_row, reason_row, rows

ITEM = Control(REGIME, ENTRY)
Told = list[tuple[str, int, str]]


def law(*reasons: ReasonRow, **tables: Any) -> Law:
    return Law(TODAY, index_rows(rows(reasons=reasons, **tables), TODAY))


def told(found: Law, control: Control) -> Told:
    """(column, whether it applies, the control fact that is missing) of every reason."""
    return [(part.row.column, part.truth, part.missing) for part in applied_reasons(found, control)]


def one(row: ReasonRow, control: Control = ITEM, **tables: Any) -> tuple[int, str]:
    ((_, truth, missing),) = told(law(row, **tables), control)
    return truth, missing


SOME = reason_row(whole=False, refs=("1X001.b",))


@pytest.mark.parametrize(
    ("paragraph", "answer"),
    [
        (None, (UNKNOWN, "paragraph")),
        ("1X001.b", (TRUE, "")),
        ("1X001.b.4", (TRUE, "")),
        ("1X001.bc", (FALSE, "")),
        ("1X001.a", (FALSE, "")),
        ("1X001", (UNKNOWN, "paragraph")),
    ],
)
def test_a_row_of_a_paragraph_covers_that_paragraph_and_all_below(
    paragraph: str | None, answer: tuple[int, str]
) -> None:
    assert one(SOME, replace(ITEM, paragraph=paragraph)) == answer


@pytest.mark.parametrize(
    ("paragraph", "answer"),
    [
        (None, (UNKNOWN, "paragraph")),
        ("1X001.y", (FALSE, "")),
        ("1X001.y.1", (FALSE, "")),
        ("1X001.a", (TRUE, "")),
    ],
)
def test_a_row_of_the_entire_entry_may_leave_a_paragraph_out(
    paragraph: str | None, answer: tuple[int, str]
) -> None:
    row = reason_row(excludes=("1X001.y",))
    assert one(row, replace(ITEM, paragraph=paragraph)) == answer


@pytest.mark.parametrize(
    ("made_for", "answer"),
    [
        (None, (UNKNOWN, "for")),
        ("1Y002.b.1", (TRUE, "")),
        ("1Y002", (UNKNOWN, "for")),
        ("1Z003", (FALSE, "")),
        ("not_listed", (FALSE, "")),
    ],
)
def test_technology_takes_its_reasons_from_what_it_is_for(
    made_for: str | None, answer: tuple[int, str]
) -> None:
    row = reason_row(whole=False, refs=("1Y002.b",))
    assert one(row, replace(ITEM, made_for=made_for)) == answer


def test_a_paragraph_that_is_ruled_out_need_not_be_asked() -> None:
    assert one(SOME, replace(ITEM, excludes=("1X001.b",))) == (FALSE, "")
    assert one(SOME, replace(ITEM, excludes=("1X001",))) == (FALSE, "")
    assert one(SOME, replace(ITEM, excludes=("1X001.b.4",))) == (UNKNOWN, "paragraph")


def test_a_row_that_names_nothing_is_read_by_a_person() -> None:
    assert one(reason_row(whole=False)) == (UNKNOWN, "reasons")


@pytest.mark.parametrize(
    ("paragraph", "answer"),
    [
        ("1X001.b", (UNKNOWN, "reasons")),
        ("1X001.a", (FALSE, "")),
        (None, (UNKNOWN, "paragraph")),
    ],
)
def test_what_a_person_must_read_stays_open_inside_its_scope(
    paragraph: str | None, answer: tuple[int, str]
) -> None:
    assert one(replace(SOME, reading="person"), replace(ITEM, paragraph=paragraph)) == answer


LIKE_THE_ITEM = reason_row(reading="item_reason")
OTHER = reason_row("1Y002", whole=False, refs=("1Y002.b",), column="NS2")
READ_ELSEWHERE = replace(OTHER, reading="person")


@pytest.mark.parametrize(
    ("made_for", "other", "answer"),
    [
        (None, OTHER, (UNKNOWN, "for")),
        ("1Y002.b", OTHER, (TRUE, "")),
        ("1Y002.a", OTHER, (FALSE, "")),
        ("1Y002", OTHER, (UNKNOWN, "for")),
        ("1Y002.b", READ_ELSEWHERE, (UNKNOWN, "reasons")),
        ("1Y002.b", replace(OTHER, reason="CB"), (FALSE, "")),
        ("1X001", OTHER, (TRUE, "")),
        ("listed", OTHER, (UNKNOWN, "for")),
        ("not_listed", OTHER, (FALSE, "")),
        ("9Z009", OTHER, (UNSETTLED, "")),
    ],
)
def test_a_reason_may_hang_on_that_of_the_item_it_is_for(
    made_for: str | None, other: ReasonRow, answer: tuple[int, str]
) -> None:
    found = law(LIKE_THE_ITEM, other, items=(item_row(), item_row("1Y002")))
    ((_, truth, missing),) = told(found, replace(ITEM, made_for=made_for))
    assert (truth, missing) == answer


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (None, [("", UNKNOWN, "item")]),
        ("listed", [("", UNKNOWN, "item")]),
        ("not_listed", []),
        ("not_subject", []),
        ("EAR99", []),
        ("9Z009", [("", UNSETTLED, "")]),
    ],
)
def test_without_an_entry_there_is_a_question_nothing_or_law_not_known(
    item: str | None, found: Told
) -> None:
    assert told(law(SOME), Control(REGIME, item)) == found


def test_an_entry_on_the_list_whose_reasons_were_not_captured_is_law_not_known() -> None:
    unread = (item_row(captured=False),)
    assert told(law(items=unread), ITEM) == [("", UNSETTLED, "")]
    assert told(law(SOME, items=unread), ITEM) == [("NS1", UNKNOWN, "paragraph")]


@pytest.mark.parametrize(
    ("reasons", "found"),
    [
        (("NS",), [("NS1", TRUE, ""), ("MT1", FALSE, "")]),
        (("NS1",), [("NS1", TRUE, ""), ("MT1", FALSE, "")]),
        (("MT",), [("NS1", FALSE, ""), ("MT1", TRUE, "")]),
        ((), [("NS1", FALSE, ""), ("MT1", FALSE, "")]),
        (("AT1",), [("NS1", FALSE, ""), ("MT1", FALSE, ""), ("AT1", TRUE, "")]),
    ],
)
def test_a_classifiers_reading_settles_what_the_table_leaves_open(
    reasons: tuple[str, ...], found: Told
) -> None:
    by_hand = reason_row(reason="MT", column="MT1", reading="person")
    assert told(law(SOME, by_hand), replace(ITEM, reasons=reasons)) == found


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ((), [("NS1", UNKNOWN, "paragraph"), ("MT1", UNKNOWN, "reasons")]),
        (("NS1",), [("NS1", TRUE, ""), ("MT1", UNKNOWN, "reasons")]),
    ],
)
def test_a_reading_that_is_not_finished_counts_for_what_it_names_and_settles_nothing_else(
    named: tuple[str, ...], found: Told
) -> None:
    by_hand = reason_row(reason="MT", column="MT1", reading="person")
    unfinished = replace(ITEM, reasons=(*named, UNKNOWN_VALUE))
    assert told(law(SOME, by_hand), unfinished) == found
    assert told(law(), Control(REGIME, "9Z009", reasons=(UNKNOWN_VALUE,))) == [("", UNSETTLED, "")]


def test_a_classifier_cannot_read_away_what_the_table_says() -> None:
    assert told(law(reason_row()), replace(ITEM, reasons=())) == [("NS1", TRUE, "")]
    assert told(law(), Control(REGIME, "9Z009", reasons=())) == []


def test_a_reason_beside_the_table_carries_its_letters_and_the_facts_as_source() -> None:
    (part,) = applied_reasons(law(), Control(REGIME, "9Z009", reasons=("NS2",)))
    assert (part.row.reason, part.row.column) == ("NS", "NS2")
    assert part.row.source.read == "the facts of the case"


def test_reasons_are_worked_out_once_per_item_and_day() -> None:
    found = law(SOME)
    assert applied_reasons(found, ITEM) is applied_reasons(found, Control(REGIME, ENTRY))


def exception(control: Control = ITEM, *reasons: ReasonRow, **row: Any) -> Restricted:
    return restricted_exception(law(*reasons, items=(item_row(**row),)), control)


MT = reason_row(reason="MT", column="MT1", whole=False, refs=("1X001.m",))


@pytest.mark.parametrize(
    ("row", "control", "answer"),
    [
        ({"tsr": "yes"}, ITEM, Restricted("yes")),
        ({"tsr": "no"}, ITEM, Restricted("no")),
        ({"tsr": "does_not_apply"}, ITEM, Restricted("does_not_apply")),
        ({"tsr": "unknown"}, ITEM, Restricted(None)),
        ({"tsr": "unknown"}, replace(ITEM, eligible=("TSR",)), Restricted("yes")),
        ({"tsr": "unknown"}, replace(ITEM, eligible=()), Restricted("no")),
        ({"tsr": "unknown"}, replace(ITEM, eligible=(UNKNOWN_VALUE,)), Restricted(None)),
        ({"tsr": "unknown"}, replace(ITEM, eligible=(UNKNOWN_VALUE, "TSR")), Restricted("yes")),
        ({"tsr_excludes": ("1X001.a",)}, ITEM, Restricted(None, "paragraph")),
        ({"tsr_excludes": ("1X001.a",)}, replace(ITEM, paragraph="1X001.a"), Restricted("no")),
        ({"tsr_excludes": ("1X001.a",)}, replace(ITEM, paragraph="1X001.b"), Restricted("yes")),
        ({"tsr_excludes": ("1Y002",)}, ITEM, Restricted(None, "for")),
        ({"tsr_excludes_reasons": ("MT",)}, replace(ITEM, paragraph="1X001.m"), Restricted("no")),
        ({"tsr_excludes_reasons": ("MT",)}, replace(ITEM, paragraph="1X001.b"), Restricted("yes")),
        ({"tsr_excludes_reasons": ("MT",)}, ITEM, Restricted(None, "paragraph")),
        ({"tsr_needs_reading": True}, ITEM, Restricted(None)),
        (
            {"tsr_needs_reading": True, "tsr_excludes": ("1X001.a",)},
            ITEM,
            Restricted(None, "eligible"),
        ),
        ({"tsr_needs_reading": True}, replace(ITEM, eligible=("TSR",)), Restricted("yes")),
        (
            {"tsr_needs_reading": True, "tsr_excludes": ("1X001.a",)},
            replace(ITEM, paragraph="1X001.a", eligible=("TSR",)),
            Restricted("no"),
        ),
    ],
)
def test_whether_an_entry_is_open_to_the_exception_for_technology(
    row: dict[str, Any], control: Control, answer: Restricted
) -> None:
    assert exception(control, MT, **row) == answer


def test_where_the_reasons_of_what_it_is_for_are_not_known_neither_is_the_exception() -> None:
    row = replace(MT, reading="item_reason", refs=("1X001.m",))
    control = replace(ITEM, paragraph="1X001.m", made_for="9Z009")
    assert exception(control, row, tsr_excludes_reasons=("MT",)) == Restricted(None)


def test_an_entry_that_is_not_in_the_table_is_open_only_if_a_classifier_says_so() -> None:
    assert restricted_exception(law(items=()), ITEM) == Restricted(None)
    assert restricted_exception(law(items=()), replace(ITEM, eligible=("TSR",))) == Restricted(
        "yes"
    )


@pytest.mark.parametrize(
    ("code", "entry"), [("1X001", True), ("EAR99", True), ("listed", False), (None, False)]
)
def test_a_word_about_the_list_is_no_entry(code: str | None, entry: bool) -> None:
    assert is_entry(code) is entry
