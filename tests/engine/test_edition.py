"""An edition: the law of one day, its digest, and the same edition on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apps.engine.rows import CharterRow, CountryRow, Period, Rows, ThresholdRow
from apps.engine.rows import _plain as as_json
from tests.factories.engine import ALWAYS, SOURCE, TODAY, edition, item_row, reason_row, rows, rule

THEN, LATER = date(2026, 1, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("since", "before", "holding"),
    [
        (None, None, [True, True, True]),
        (TODAY, None, [False, True, True]),
        (None, TODAY, [True, False, False]),
        (TODAY, date(2026, 11, 23), [False, True, False]),
    ],
)
def test_a_period_includes_its_first_day_and_not_the_day_after_its_last(
    since: date | None, before: date | None, holding: list[bool]
) -> None:
    days = (date(2026, 11, 21), TODAY, date(2026, 11, 23))
    assert [Period(since, before).holds(day) for day in days] == holding


def test_rules_and_charters_of_the_day_are_in_force() -> None:
    charter = CharterRow("a", "desk", (), (), (), (), (), (), True, Period(since=LATER), SOURCE)
    found = edition(
        rule("ended", period=Period(before=TODAY)),
        rule("stands", regime="XB-LAW"),
        rule("coming", period=Period(since=LATER)),
        charters=(charter,),
    )
    assert ([one.id for one in found.rules], found.charters) == (["stands"], ())
    assert found.regimes == ("XB-LAW",)
    later = found.at(LATER)
    assert ([one.id for one in later.rules], later.charters) == (["coming", "stands"], (charter,))
    assert (found.on, later.on, later.id) == (TODAY, LATER, found.id)


def test_another_day_is_compiled_once_and_the_same_day_not_at_all() -> None:
    found = edition()
    assert found.at(TODAY) is found
    assert found.at(LATER) is found.at(LATER)
    assert found.vocabulary is found.vocabulary


def test_the_days_on_which_any_row_turns_are_known() -> None:
    found = edition(
        rule("a", period=Period(since=THEN, before=LATER)),
        countries=(CountryRow("XA", "x", Period(since=date(2026, 3, 1)), SOURCE),),
        thresholds=(ThresholdRow("t", Decimal(1), "W", Period(before=date(2026, 2, 1)), SOURCE),),
    )
    assert found.turning_days == (THEN, date(2026, 2, 1), date(2026, 3, 1), LATER)


def test_the_digest_is_of_what_the_rows_say_in_any_order_and_place() -> None:
    first = rows(rule("a"), rule("b"))
    same = replace(
        first,
        rules=tuple(replace(row, file="other.yaml", line=99) for row in first.rules[::-1]),
        countries=first.countries[::-1],
        _digest=[],
    )
    assert same.digest() == first.digest()
    assert first.digest().startswith("sha256:")
    assert edition(rule("a"), rule("b"), on=LATER).digest == first.digest()


@pytest.mark.parametrize(
    "other",
    [
        rows(rule("b")),
        rows(rule("a", title="Other")),
        rows(rule("a", preference=Decimal(7))),
        rows(rule("a"), items=(item_row(note="x"), item_row("EAR99"))),
        rows(rule("a"), reasons=(reason_row(refs=("1X001.a",)),)),
        rows(rule("a"), thresholds=()),
        rows(rule("a", period=Period(since=THEN))),
    ],
)
def test_any_other_word_gives_another_digest(other: Rows) -> None:
    assert other.digest() != rows(rule("a")).digest()


def test_a_number_is_not_the_text_that_shows_it() -> None:
    as_number, as_text = rows(rule("a", preference=Decimal(7))), rows(rule("a", preference="7"))
    assert as_number.digest() != as_text.digest()
    assert as_json(Decimal("350.0")) == {"decimal": "350"}


def test_the_digest_is_counted_once() -> None:
    found = rows(rule("a"))
    assert found.digest() is found.digest()


def test_what_has_no_plain_form_cannot_stand_in_a_row() -> None:
    with pytest.raises(TypeError, match="object cannot stand in a row"):
        rows(rule("a", title=object())).digest()
    assert rows(rule("a", read_on=TODAY)).digest() != rows(rule("a")).digest()
    assert rows(replace(rule("a"), period=ALWAYS)).digest() == rows(rule("a")).digest()
