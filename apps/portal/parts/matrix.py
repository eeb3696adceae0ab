"""The exposure matrix: people down, technologies across, one outcome in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from apps.portal.parts.marks import Mark, outcome_mark
from apps.portal.parts.names import Names

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or column: a name and a smaller line under it."""

    name: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One exposure under one regime, and the address that opens its trace."""

    key: str
    mark: Mark
    note: str
    href: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient and the cells of that recipient; None where nothing is released to them."""

    head: Head
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class RegimeTab:
    """One regime that was determined, and the address that shows it."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything the matrix component prints."""

    regime: str
    regimes: tuple[RegimeTab, ...]
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]


def regime_of(exposure: Result, regime: str) -> Result | None:
    """The answer of one regime for an exposure."""
    return next((answer for answer in exposure["regimes"] if answer["regime"] == regime), None)


def matrix_of(result: Result, *, names: Names, regime: str, opened: str) -> Matrix:
    """The matrix of a determination's result for one regime, with one cell opened.

    A technology released twice (shown, then logged in to) has a column for each release.
    """
    exposures: Sequence[Result] = result["exposures"]
    regimes = list(dict.fromkeys(a["regime"] for one in exposures for a in one["regimes"]))
    columns = list(dict.fromkeys((one["release"], one["what"]) for one in exposures))
    found = {(one["who"], one["release"], one["what"]): one for one in exposures}
    rows = tuple(
        Row(
            Head(names.of(who), names.below(who)),
            tuple(_cell(found.get((who, *column)), regime, opened) for column in columns),
        )
        for who in dict.fromkeys(one["who"] for one in exposures)
    )
    tabs = tuple(RegimeTab(name, _address(regime=name), name == regime) for name in regimes)
    heads = tuple(Head(names.of(what), names.below(what)) for _release, what in columns)
    return Matrix(regime, tabs, heads, rows)


def _cell(exposure: Result | None, regime: str, opened: str) -> Cell | None:
    answer = regime_of(exposure, regime) if exposure else None
    if exposure is None or answer is None:
        return None
    key = exposure["key"]
    mark = outcome_mark(answer["outcome"], kind=answer["kind"])
    address = _address(cell=key, regime=regime) + "#trace"
    return Cell(key, mark, cell_note(answer), address, key == opened)


def cell_note(answer: Result) -> str:
    """Why, in a few words: what is open, or the law that decided."""
    if answer["questions"]:
        return str(answer["questions"][0]["ask"])
    if conditions := answer["conditions"]:
        open_ones = ngettext("%(n)d condition", "%(n)d conditions", len(conditions))
        return open_ones % {"n": len(conditions)}
    if answer["outcome"] == "undetermined":
        return gettext("law or table not known to this edition")
    fired = [rule for rule in answer["rules"] if rule["result"] == "fired"]
    return str(fired[-1]["citation"]) if fired else ""


def _address(**query: str) -> str:
    return "?" + urlencode(query)
