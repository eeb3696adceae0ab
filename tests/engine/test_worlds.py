"""The paragraphs an item may turn out to be under: what holds in every one is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.engine.controls import Control, applied_reasons
from apps.engine.law import Law, index_rows
from apps.engine.rows import ReasonRow
from apps.engine.truth import FALSE, TRUE, UNKNOWN
from apps.engine.worlds import worlds_of
from tests.factories.engine import ENTRY, REGIME, TODAY, item_row, reason_row, rows

ITEM = Control(REGIME, ENTRY)
A = reason_row(whole=False, refs=("1X001.a", "1X001.a.1"))
B = reason_row(reason="CB", whole=False, refs=("1X001.b",))
BUT_C = reason_row(reason="AT", excludes=("1X001.c",))
MADE_FOR = reason_row(whole=False, refs=("1Y002.a",))


def law(*reasons: ReasonRow) -> Law:
    items = (item_row(), item_row("1Y002"))
    return Law(TODAY, index_rows(rows(reasons=reasons, items=items), TODAY))


def paragraphs(found: Law, control: Control) -> list[str | None]:
    return [world.paragraph for world in worlds_of(found, control)]


def test_every_paragraph_the_table_names_and_one_it_does_not_is_a_world() -> None:
    assert paragraphs(law(A, B, BUT_C), ITEM) == [
        "1X001.a",
        "1X001.a.1",
        "1X001.b",
        "1X001.c",
        "1X001.other",
    ]


def test_only_paragraphs_inside_the_known_one_are_worlds() -> None:
    known = replace(ITEM, paragraph="1X001.a")
    assert paragraphs(law(A, B), known) == ["1X001.a"]
    narrow = law(replace(A, refs=("1X001.a.1",)), B)
    assert paragraphs(narrow, known) == ["1X001.a.1", "1X001.a.other"]


def test_what_is_ruled_out_is_no_world() -> None:
    assert paragraphs(law(A, B), replace(ITEM, excludes=("1X001.b",))) == [
        "1X001.a",
        "1X001.a.1",
        "1X001.other",
    ]


def test_what_it_is_for_has_worlds_of_its_own() -> None:
    found = worlds_of(law(A, MADE_FOR), replace(ITEM, made_for="1Y002"))
    assert [(world.paragraph, world.made_for) for world in found] == [
        (paragraph, made_for)
        for paragraph in ("1X001.a", "1X001.a.1", "1X001.other")
        for made_for in ("1Y002.a", "1Y002.other")
    ]


@pytest.mark.parametrize(
    "control",
    [
        Control(REGIME),
        Control(REGIME, "listed"),
        replace(ITEM, paragraph="1X001.b"),
        replace(ITEM, reasons=("NS",)),
    ],
)
def test_without_doubt_about_a_paragraph_there_is_one_world(control: Control) -> None:
    assert worlds_of(law(A, B), control) == (control,)


def test_what_it_is_for_must_be_known_at_all() -> None:
    assert worlds_of(law(MADE_FOR), ITEM) == (ITEM,)


def test_too_many_worlds_are_not_gone_through() -> None:
    many = reason_row(whole=False, refs=tuple(f"1X001.{number}" for number in range(60)))
    assert worlds_of(law(many), ITEM) == (ITEM,)


def test_worlds_are_worked_out_once_per_item_and_day() -> None:
    found = law(A)
    assert worlds_of(found, ITEM) is worlds_of(found, ITEM)


@pytest.mark.parametrize("paragraph", ["1X001.a", "1X001.a.1.x", "1X001.b.7", "1X001.c", "1X001.z"])
def test_whatever_the_paragraph_is_some_world_knows_no_more_and_nothing_else(
    paragraph: str,
) -> None:
    """Soundness: a world's known answers are those of every paragraph it stands for."""
    found = law(A, B, BUT_C)
    real = [part.truth for part in applied_reasons(found, replace(ITEM, paragraph=paragraph))]
    agreeing = [
        world
        for world in worlds_of(found, ITEM)
        if all(
            part.truth in (UNKNOWN, truth)
            for part, truth in zip(applied_reasons(found, world), real, strict=True)
        )
    ]
    assert agreeing != []
    assert set(real) <= {TRUE, FALSE, UNKNOWN}
