"""The tables of the rulebook: which columns each has, and the rows its lines become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from apps.engine.outcomes import KINDS
from apps.engine.rows import (
    ChartRow,
    CountryRow,
    DestinationRow,
    GroupRow,
    ItemRow,
    ReasonRow,
    RegimeRow,
    ThresholdRow,
)
from apps.rulebook.domain.cells import Layout, Line

_END = ("from", "until", "source", "note")
COUNTRIES = Layout(("country", "name", "follows", *_END))
GROUPS = Layout(("country", *_END), more=True)  # then one column a group
CHART = Layout(("regime", "country", "pointer", *_END), more=True)  # then one column a column
ITEMS = Layout(
    (
        "regime", "item", "category", "group", "title", "captured", "tsr", "tsr_excludes",
        "tsr_excludes_reasons", "tsr_needs_reading", "sta", "eligible", "stated", *_END,
    )
)  # fmt: skip
REASONS = Layout(
    (
        "regime", "item", "reason", "whole", "refs", "excludes", "see", "reading", "column",
        "from", "until", "source",
    )
)  # fmt: skip
DESTINATIONS = Layout(
    ("regime", "destination", "includes", "excludes", "deemed", "readable", *_END)
)
REGIMES = Layout(("regime", "hosts", "kind", "from", "until", "source"))
THRESHOLDS = Layout(("threshold", "value", "unit", "from", "until", "source"))


def countries(lines: Iterable[Line]) -> Iterator[CountryRow]:
    """Countries and territories by code."""
    for line in lines:
        yield CountryRow(
            code=line.text("country"),
            name=line.text("name"),
            period=line.period(),
            source=line.source(),
            follows=line.cells["follows"],
        )


def groups(lines: Iterable[Line]) -> Iterator[GroupRow]:
    """A row for each cell that says something; an empty cell says nothing on its line."""
    for line in lines:
        country, period, source = line.text("country"), line.period(), line.source()
        for name, cell in _beyond(line, GROUPS):
            if cell:
                yield GroupRow(country, name, line.stated(name), period, source)


def chart(lines: Iterable[Line]) -> Iterator[ChartRow]:
    """A row for each cell of a country chart."""
    for line in lines:
        regime, country, pointer = line.text("regime"), line.text("country"), line.cells["pointer"]
        period, source = line.period(), line.source()
        for name, cell in _beyond(line, CHART):
            if cell:
                yield ChartRow(regime, country, name, line.stated(name), period, source, pointer)


def items(lines: Iterable[Line]) -> Iterator[ItemRow]:
    """Entries of control lists."""
    for line in lines:
        yield ItemRow(
            regime=line.text("regime"),
            item=line.text("item"),
            category=line.cells["category"],
            group=line.text("group"),
            title=line.text("title"),
            captured=line.flag("captured"),
            tsr=line.choice("tsr", ("yes", "no", "unknown", "does_not_apply")),
            tsr_excludes=line.words("tsr_excludes"),
            tsr_excludes_reasons=line.words("tsr_excludes_reasons"),
            tsr_needs_reading=line.flag("tsr_needs_reading"),
            sta=line.text("sta"),
            eligible=line.words("eligible"),
            period=line.period(),
            source=line.source(),
            note=line.cells["note"],
            stated=line.words("stated"),
        )


def reasons(lines: Iterable[Line]) -> Iterator[ReasonRow]:
    """Reasons for control of entries, with scope and column."""
    for line in lines:
        yield ReasonRow(
            regime=line.text("regime"),
            item=line.text("item"),
            reason=line.text("reason"),
            whole=line.flag("whole"),
            refs=line.words("refs"),
            excludes=line.words("excludes"),
            see=line.words("see"),
            reading=line.choice("reading", ("machine", "person", "item_reason")),
            column=line.text("column"),
            period=line.period(),
            source=line.source(),
        )


def destinations(lines: Iterable[Line]) -> Iterator[DestinationRow]:
    """Destinations that the law describes in prose."""
    for line in lines:
        yield DestinationRow(
            regime=line.text("regime"),
            name=line.text("destination"),
            includes=line.words("includes"),
            excludes=line.words("excludes"),
            deemed=line.choice("deemed", ("yes", "no", "unknown")),
            readable=line.flag("readable"),
            period=line.period(),
            source=line.source(),
        )


def thresholds(lines: Iterable[Line]) -> Iterator[ThresholdRow]:
    """Named quantities of the law."""
    for line in lines:
        yield ThresholdRow(
            name=line.text("threshold"),
            value=line.decimal("value"),
            unit=line.text("unit"),
            period=line.period(),
            source=line.source(),
        )


def regimes(lines: Iterable[Line]) -> Iterator[RegimeRow]:
    """Regimes, and whose hosts are asked for them."""
    for line in lines:
        yield RegimeRow(
            regime=line.text("regime"),
            hosts=line.words("hosts"),
            kind=line.choice("kind", KINDS),
            period=line.period(),
            source=line.source(),
        )


def _beyond(line: Line, layout: Layout) -> Iterator[tuple[str, str]]:
    return islice(line.cells.items(), len(layout.columns), None)
