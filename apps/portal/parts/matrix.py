"""The exposure matrix: people down, technologies across, one outcome in each cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from apps.portal.parts.marks import Mark, outcome_mark

if TYPE_CHECKING:
    from apps.portal.parts.exposures import Exposed
    from apps.portal.parts.names import Names


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or column: a name and a smaller line under it."""

    name: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One exposure under one regime, and the address that opens its trace."""

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


def matrix_of(
    exposed: Iterable[Exposed], *, names: Names, regime: str, opened: str, requester: bool = False
) -> Matrix:
    """The matrix of one regime, with one cell opened.

    A technology released twice (shown, then logged in to) has a column for each release.
    """
    cells = list(exposed)
    mine = {(cell.who, cell.release, cell.what): cell for cell in cells if cell.regime == regime}
    columns = list(dict.fromkeys((cell.release, cell.what) for cell in cells))
    rows = tuple(
        Row(
            Head(names.of(who), names.below(who)),
            tuple(
                _cell(mine.get((who, *column)), opened=opened, requester=requester)
                for column in columns
            ),
        )
        for who in dict.fromkeys(cell.who for cell in cells)
    )
    tabs = dict.fromkeys(cell.regime for cell in cells)
    return Matrix(
        regime,
        tuple(RegimeTab(name, address_of(regime=name), name == regime) for name in tabs),
        tuple(Head(names.of(what), names.below(what)) for _release, what in columns),
        rows,
    )


def _cell(found: Exposed | None, *, opened: str, requester: bool) -> Cell | None:
    if found is None:
        return None
    mark = outcome_mark(found.outcome, kind=found.kind, requester=requester)
    address = address_of(cell=found.key, regime=found.regime) + "#trace"
    return Cell(mark, found.note, address, found.key == opened)


def address_of(**query: str) -> str:
    """The address of the same page with another query."""
    return "?" + urlencode(query)
