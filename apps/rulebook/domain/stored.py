"""Rows of an edition as the database keeps them: plain JSON that comes back as the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from apps.engine.rows import (
    CharterRow,
    ChartRow,
    CountryRow,
    DestinationRow,
    GroupRow,
    ItemRow,
    Period,
    ReasonRow,
    RegimeRow,
    Rows,
    RuleRow,
    Source,
    ThresholdRow,
)

Row = (
    CountryRow
    | GroupRow
    | ChartRow
    | ItemRow
    | ReasonRow
    | DestinationRow
    | ThresholdRow
    | RegimeRow
    | CharterRow
    | RuleRow
)
KINDS: Mapping[str, tuple[type[Row], tuple[str, ...]]] = {
    "countries": (CountryRow, ("code",)),
    "groups": (GroupRow, ("group", "country")),
    "chart": (ChartRow, ("regime", "country", "column")),
    "items": (ItemRow, ("regime", "item")),
    "reasons": (ReasonRow, ("regime", "item", "reason")),
    "destinations": (DestinationRow, ("regime", "name")),
    "thresholds": (ThresholdRow, ("name",)),
    "regimes": (RegimeRow, ("regime",)),
    "charters": (CharterRow, ("office", "desk")),
    "rules": (RuleRow, ("id",)),
}
SOURCES = "sources"
_NUMBER = "decimal"  # a mapping with this one key stands for a number: {"decimal": "350"}


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row on its way to or from the database; `body` is plain JSON."""

    table: str
    place: int
    key: str
    body: Mapping[str, object]
    since: date | None = None
    before: date | None = None


def to_stored(rows: Rows) -> Iterator[StoredRow]:
    """Every row of an edition, each source once before the rows that name it by its place."""
    places: dict[Source, int] = {}
    for table, (_, key) in KINDS.items():
        for place, row in enumerate(getattr(rows, table)):
            source = getattr(row, "source", None)
            if source is not None and source not in places:
                places[source] = len(places)
                yield StoredRow(SOURCES, places[source], source.citation[:200], _plain(source))
            name = " ".join(str(getattr(row, part)) for part in key)
            body = _plain(row)
            if source is not None:
                body["source"] = places[source]
            yield StoredRow(table, place, name[:200], body, row.period.since, row.period.before)


def from_stored(stored: Iterable[StoredRow]) -> Rows:
    """The rows of an edition, from every one of its stored rows in any order."""
    tables: dict[str, list[StoredRow]] = {name: [] for name in (SOURCES, *KINDS)}
    for row in stored:
        tables[row.table].append(row)
    for part in tables.values():
        part.sort(key=lambda row: row.place)
    sources = [
        Source(**{key: str(value) for key, value in row.body.items()}) for row in tables[SOURCES]
    ]
    return Rows(
        **{
            table: tuple(_read(kind, row, sources) for row in tables[table])
            for table, (kind, _) in KINDS.items()
        }  # type: ignore[arg-type]  # each table has its own kind of row
    )


def _plain(row: object) -> dict[str, object]:
    skipped = ("period", "source")
    return {
        part.name: _json(getattr(row, part.name))
        for part in fields(row)  # type: ignore[arg-type]  # rows and sources are dataclasses
        if part.name not in skipped
    }


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    if isinstance(value, Mapping):
        return {str(key): _json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    return value


def _read(kind: type[Row], row: StoredRow, sources: list[Source]) -> Row:
    values: dict[str, object] = {"period": Period(row.since, row.before)}
    for name, value in row.body.items():
        if name == "source" and isinstance(value, int):
            values[name] = sources[value]
        elif name == "document":
            values[name] = _value(value)
        elif isinstance(value, list):
            values[name] = tuple(value)
        else:
            values[name] = _value(value)
    return kind(**values)  # type: ignore[arg-type]  # the body was made from such a row


def _value(value: object) -> object:
    if isinstance(value, dict):
        if set(value) == {_NUMBER}:
            return Decimal(str(value[_NUMBER]))
        return {key: _value(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_value(part) for part in value]
    return value
