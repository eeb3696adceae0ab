"""A plain loop over the tables, sharing no code with the engine, comes to the same marks.

Everything on this page is read and decided anew from the CSV files; the engine is asked only for
the answers that are compared. Answers: "yes", "no", "ask" (a fact is missing), "law" (the table
does not say).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from apps.engine.controls import Control, applied_reasons
from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.facts.read import read_facts
from apps.engine.law import Law
from apps.rulebook.domain.shipped import shipped_edition

TABLES = Path(__file__).parents[2] / "fixtures" / "rulebook" / "tables"
REGIME, TODAY = "US-EAR", "2026-11-22"
DAYS = ("2024-04-18", "2024-10-01", "2026-02-03", TODAY)
NOBODYS = "0Z999.zz"  # a paragraph of no entry
WORDS = ("no", "yes", "ask", "law")  # the engine's truths 0 to 3
Row = dict[str, str]


# ---------------------------------------------------------------- the oracle


@cache
def lines(file: str) -> tuple[Row, ...]:
    with (TABLES / file).open(newline="", encoding="utf-8") as stream:
        return tuple(csv.DictReader(stream))


@cache
def held(file: str, day: str) -> tuple[Row, ...]:
    """The lines of a file in force on a day; dates compare as text."""
    return tuple(
        row
        for row in lines(file)
        if row["from"] <= day and (not row["until"] or day <= row["until"])
    )


@cache
def cells(file: str, day: str) -> dict[tuple[str, str], str]:
    """(country, column) -> yes, no or ?; a line may fill only some columns of a country."""
    found: dict[tuple[str, str], str] = {}
    for row in held(file, day):
        for column, value in row.items():
            if value in ("yes", "no", "?"):
                assert (row["country"], column) not in found, "two lines for one cell"
                found[row["country"], column] = value
    return found


def said(value: str | None) -> str:
    return {"yes": "yes", "no": "no"}.get(value or "", "law")


def charted(country: str, column: str, day: str) -> str:
    return said(cells("chart.csv", day).get((country, column)))


@cache
def group_files() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in TABLES.glob("groups-*.csv")))


def within(country: str, part: str, day: str) -> str:
    """Whether a country is what a destination rule names: all, a group or a country."""
    if part == "*":
        return "yes"
    if ":" not in part:
        standing = {row["country"]: row["follows"] for row in held("countries.csv", day)}
        return "yes" if part in (country, standing.get(country)) else "no"
    answers = [cells(file, day).get((country, part)) for file in group_files()]
    return said(next((answer for answer in answers if answer), None))


@cache
def prose(country: str, name: str, day: str, *, inside_the_country: bool) -> str:
    rules = [row for row in held("destinations.csv", day) if row["destination"] == name]
    if not rules:
        return "law"
    (rule,) = rules
    if inside_the_country and rule["deemed"] == "no":
        return "no"
    included = any_of(within(country, part, day) for part in rule["includes"].split())
    excluded = any_of(within(country, part, day) for part in rule["excludes"].split())
    answer = all_of((included, {"yes": "no", "no": "yes"}.get(excluded, excluded)))
    unread = rule["readable"] == "no" or (inside_the_country and rule["deemed"] == "unknown")
    return "law" if unread and answer != "no" else answer


def any_of(answers: Iterable[str]) -> str:
    found = set(answers)
    return next((answer for answer in ("yes", "ask", "law") if answer in found), "no")


def all_of(answers: Iterable[str]) -> str:
    found = set(answers)
    return next((answer for answer in ("no", "ask", "law") if answer in found), "yes")


@cache
def demand(reasons: tuple[tuple[str, str], ...]) -> str:
    """Whether any reason both applies and is marked."""
    return any_of(all_of(reason) for reason in reasons)


@cache
def entries(day: str) -> dict[str, Row]:
    return {row["item"]: row for row in held("items.csv", day) if row["regime"] == REGIME}


@cache
def reason_lines(item: str, day: str) -> tuple[Row, ...]:
    return tuple(
        row for row in held("reasons.csv", day) if (row["regime"], row["item"]) == (REGIME, item)
    )


def covered(ref: str, item: str, paragraph: str, made_for: str) -> str:
    """Whether a paragraph named in the table covers the technology in hand."""
    target = (paragraph or item) if ref.split(".", maxsplit=1)[0] == item else made_for
    if not target:
        return "ask"
    if f"{target}.".startswith(f"{ref}."):
        return "yes"
    return "ask" if ref.startswith(f"{target}.") else "no"


@cache
def applying(
    item: str, paragraph: str, made_for: str, day: str
) -> tuple[tuple[str, str, str], ...]:
    """(reason, column, answer) of every line of an entry; one unread line where it has none."""
    rows = reason_lines(item, day)
    if not rows and entries(day).get(item, {}).get("captured") != "yes":
        return (("", "", "law"),)
    return tuple(
        (row["reason"], row["column"], applies(row, paragraph, made_for, day)) for row in rows
    )


def applies(row: Row, paragraph: str, made_for: str, day: str) -> str:
    item, refs = row["item"], row["refs"].split()
    if row["whole"] == "yes":
        scope = "yes"
    elif refs:
        scope = any_of(covered(ref, item, paragraph, made_for) for ref in refs)
    else:
        scope = "ask"
    out = any_of(covered(ref, item, paragraph, made_for) for ref in row["excludes"].split())
    scope = all_of((scope, {"yes": "no", "no": "yes", "ask": "ask"}[out]))
    if scope == "no" or row["reading"] == "machine":
        return scope
    if row["reading"] == "person" or not made_for:
        return "ask"
    entry = made_for.split(".", maxsplit=1)[0]
    if entry == item:
        return scope
    own = applying(entry, made_for if "." in made_for else "", "", day)
    return all_of(
        (scope, any_of(answer for reason, _, answer in own if reason in (row["reason"], "")))
    )


def paragraphs(item: str, day: str) -> list[str]:
    """Every paragraph that may be meant where only the entry is known, one unnamed among them."""
    named = {
        ref
        for row in reason_lines(item, day)
        for ref in (*row["refs"].split(), *row["excludes"].split())
        if ref.startswith(f"{item}.")
    }
    return [*sorted(named), f"{item}.unnamed"]


def only_the_paragraph_is_missing(item: str, day: str) -> bool:
    """Whether knowing the paragraph helps and knowing what the technology is for does not."""
    bare, other = applying(item, "", "", day), applying(item, "", NOBODYS, day)
    by_for = any(one[2] == "ask" != two[2] for one, two in zip(bare, other, strict=True))
    by_paragraph = any(
        one[2] == "ask" != two[2]
        for paragraph in paragraphs(item, day)
        for one, two in zip(bare, applying(item, paragraph, "", day), strict=True)
    )
    return by_paragraph and not by_for


def columns() -> list[str]:
    """The columns of the country chart: two letters and a digit."""
    return [name for name in lines("chart.csv")[0] if re.fullmatch("[A-Z]{2}[0-9]", name)]


def countries() -> list[str]:
    return sorted({row["country"] for row in lines("countries.csv")})


def stances(item: str) -> list[tuple[str, str]]:
    """(paragraph, for): nothing known, every paragraph the table names, one that nobody names."""
    named = {
        ref
        for row in lines("reasons.csv")
        if row["item"] == item
        for ref in (*row["refs"].split(), *row["excludes"].split())
    }
    own = [(ref, "") for ref in sorted(named) if ref.split(".")[0] == item]
    other = [("", ref) for ref in sorted(named) if ref.split(".")[0] != item]
    return [("", ""), (f"{item}.zz", NOBODYS), *own, *other]


# ---------------------------------------------------------------- against the engine


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return shipped_edition(on=date.fromisoformat(TODAY))


@pytest.mark.parametrize("day", DAYS)
def test_every_cell_of_the_chart_is_read_the_same(shipped: Edition, day: str) -> None:
    law = shipped.at(date.fromisoformat(day)).law
    assert len(columns()) == 16
    for country in countries():
        for column in columns():
            found = WORDS[law.mark(REGIME, country, column)]
            assert (country, column, found) == (country, column, charted(country, column, day))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("deemed", [True, False])
def test_every_destination_in_prose_is_read_the_same(
    shipped: Edition, day: str, deemed: bool
) -> None:
    law = shipped.at(date.fromisoformat(day)).law
    names = sorted({row["column"] for row in lines("reasons.csv")} - set(columns()))
    for name in names:
        for country in countries():
            found = WORDS[law.reached(REGIME, country, name, deemed=deemed)]
            told = prose(country, name, day, inside_the_country=deemed)
            assert (name, country, found) == (name, country, told)


@pytest.mark.parametrize("day", ["2024-04-18", TODAY])
def test_every_reason_of_every_entry_applies_the_same(shipped: Edition, day: str) -> None:
    law = shipped.at(date.fromisoformat(day)).law
    items = sorted({row["item"] for row in lines("items.csv")} - {"EAR99"})
    assert len(items) >= 630
    for item in items:
        for paragraph, made_for in stances(item):
            control = Control(REGIME, item, paragraph or None, made_for or None)
            found = tuple(
                (part.row.reason, part.row.column, WORDS[part.truth])
                for part in applied_reasons(law, control)
            )
            place = (item, paragraph, made_for)
            assert (place, found) == (place, applying(item, paragraph, made_for, day))


def test_all_entries_for_all_countries_demand_the_same(shipped: Edition) -> None:
    """Whole entries, nothing known of paragraphs: each reason against chart or prose."""
    law, charts, everywhere = shipped.law, frozenset(columns()), countries()
    names = sorted({row["column"] for row in lines("reasons.csv")} | {""})
    marks = {
        (name, country): (_asked(law, name, country), _told(name, country, charts))
        for name in names
        for country in everywhere
    }
    for item in sorted(entries(TODAY)):
        parts = applied_reasons(law, Control(REGIME, item))
        read = applying(item, "", "", TODAY)
        for country in everywhere:
            found = demand(
                tuple((WORDS[part.truth], marks[part.row.column, country][0]) for part in parts)
            )
            told = demand(tuple((answer, marks[name, country][1]) for _, name, answer in read))
            assert (item, country, found) == (item, country, told)


@pytest.mark.parametrize("country", ["BR", "CN", "GB", "HK", "KP"])
def test_whole_determinations_mark_the_same(shipped: Edition, country: str) -> None:
    """The rules on chart and prose destinations, in a whole determination of every entry."""
    items = sorted(entries(TODAY))
    facts = read_facts(_visit(country, items), vocabulary=shipped.vocabulary)
    on = date.fromisoformat(TODAY)
    for answer in determine(facts, shipped, on=on, regimes=[REGIME]).exposures:
        item = answer.what.removeprefix("x-").upper()
        results = answer.regimes[0].results
        told = {
            "us-ear.reasons.chart": _whatever(item, country, prose_too=False),
            "us-ear.reasons.destinations": _whatever(item, country, prose_too=True),
        }
        found = {
            ready.rule.id: WORDS[truth]
            for ready, truth in zip(results.program.ready, results.truths, strict=True)
            if ready.rule.id in told
        }
        assert (item, found) == (item, told)


def _whatever(item: str, country: str, *, prose_too: bool) -> str:
    """What one of the two rules must answer for an entry: what holds for every paragraph holds."""
    bare = _demand(applying(item, "", "", TODAY), country, prose_too=prose_too)
    if not only_the_paragraph_is_missing(item, TODAY):
        return bare
    answers = {
        _demand(applying(item, paragraph, "", TODAY), country, prose_too=prose_too)
        for paragraph in paragraphs(item, TODAY)
    }
    return answers.pop() if len(answers) == 1 else "ask"


def _demand(parts: Iterable[tuple[str, str, str]], country: str, *, prose_too: bool) -> str:
    """The reasons one of the two rules looks at; an unread line counts for both."""
    charts = frozenset(columns())
    return demand(
        tuple(
            (answer, _told(column, country, charts))
            for _, column, answer in parts
            if not column or (column in charts) != prose_too
        )
    )


def _told(column: str, country: str, charts: frozenset[str]) -> str:
    if not column:
        return "law"
    if column in charts:
        return charted(country, column, TODAY)
    return prose(country, column, TODAY, inside_the_country=True)


def _asked(law: Law, column: str, country: str) -> str:
    if not column:
        return "law"
    if column in law.tables.columns[REGIME]:
        return WORDS[law.mark(REGIME, country, column)]
    return WORDS[law.reached(REGIME, country, column, deemed=True)]


def _visit(country: str, items: list[str]) -> dict[str, object]:
    """A guest of one country who is shown technology of every entry."""
    names = [f"x-{item.lower()}" for item in items]
    return {
        "complete": True,
        "activity": {"kind": "visit", "host": "uni", "nature": "applied"},
        "organisations": {"uni": {"country": "US", "kind": "university"}},
        "people": {"guest": {"citizenships": [{"country": country}], "employment": "visitor"}},
        "items": {
            name: {"nature": "technology", "control": {REGIME: {"item": item}}}
            for name, item in zip(names, items, strict=True)
        },
        "releases": [
            {
                "id": f"r{start}",
                "from": "uni",
                "who": "guest",
                "what": names[start : start + 200],
                "how": "disclosure",
                "where": "US",
            }
            for start in range(0, len(names), 200)
        ],
    }
