"""The dated rows that decide: what an edition of the rulebook is made of, before it is compiled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was read: citation of the law, copy read, date of that copy, confidence."""

    citation: str
    read: str
    as_of: str = ""
    confidence: str = "verified"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open interval of days: in force from `since`, no longer on `before`; None is open."""

    since: date | None = None
    before: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return (self.since is None or self.since <= on) and (
            self.before is None or on < self.before
        )


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country or territory by its ISO 3166-1 alpha-2 code."""

    code: str
    name: str
    period: Period
    source: Source
    follows: str = (
        ""  # the row of this country is the row of another one (a territory, a customs union)
    )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Whether a country belongs to a named group; `member` None means the table does not say."""

    country: str
    group: str  # "EAR:B", "EAR:D:1"
    member: bool | None
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One cell of a country chart; `marked` None means the chart has no entry, never permission."""

    regime: str
    country: str
    column: str  # "NS1"
    marked: bool | None
    period: Period
    source: Source
    pointer: str = ""  # where the law speaks instead of the chart ("746.7")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One entry of a control list."""

    regime: str
    item: str  # "3E001", "EAR99"
    category: str
    group: str  # equipment, test/production equipment, materials, software, technology, any
    title: str
    captured: bool  # False: the entry is on the list but its reasons were not captured
    tsr: str  # yes, no, unknown, does_not_apply
    tsr_excludes: tuple[str, ...]  # paragraphs the exception leaves out
    tsr_excludes_reasons: tuple[str, ...]  # reasons ("MT") whose items it leaves out
    tsr_needs_reading: bool  # part of the exclusion text was not reducible to paragraphs
    sta: str  # text as captured: none_stated, not_A6(...), unknown ...
    eligible: tuple[str, ...]  # further exceptions the entry names: IEC, ENC, APP, ...
    period: Period
    source: Source
    note: str = ""
    stated: tuple[str, ...] = ()  # reasons its heading names; empty if the heading was not captured


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason for control of an entry, its scope and the column or destination it points to."""

    regime: str
    item: str
    reason: str  # NS, MT, ...
    whole: bool  # the entire entry (minus excludes); else only `refs`
    refs: tuple[str, ...]
    excludes: tuple[str, ...]
    see: tuple[str, ...]  # entries whose parameters decide, so a person reads
    reading: str  # "machine", "person", "item_reason"
    column: str  # chart column, or the name of a DestinationRow
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class DestinationRow:
    """A destination rule in prose made countable: groups and countries in, groups and countries
    out.
    """

    regime: str
    name: str  # "WORLDWIDE", "MO+D5"
    includes: tuple[str, ...]  # "*", group names or country codes
    excludes: tuple[str, ...]
    deemed: str  # "yes", "no", "unknown": does it reach a release inside the country?
    readable: bool  # False: the text could not be reduced, a person reads
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A named quantity of the law."""

    name: str
    value: Decimal
    unit: str
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """A regime: the countries whose hosts it is asked for, and what it would demand."""

    regime: str
    hosts: tuple[str, ...]  # country codes; "*" for every host
    kind: str  # licence, certificate, attestation, funding, report
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class CharterRow:
    """What an office is for. Empty tuples mean no restriction; the most specific charter wins."""

    office: str  # slug
    desk: str
    kinds: tuple[str, ...]
    units: tuple[str, ...]
    facilities: tuple[str, ...]
    regimes: tuple[str, ...]
    areas: tuple[str, ...]
    tiers: tuple[str, ...]
    catch_all: bool
    period: Period
    source: Source


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as written: the mapping of the rules file, its pack and regime, and where it
    stands.
    """

    id: str
    pack: str
    regime: str
    document: Mapping[str, object]
    period: Period
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything an edition is compiled from."""

    countries: tuple[CountryRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    chart: tuple[ChartRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    destinations: tuple[DestinationRow, ...] = ()
    thresholds: tuple[ThresholdRow, ...] = ()
    regimes: tuple[RegimeRow, ...] = ()
    charters: tuple[CharterRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    _digest: list[str] = field(default_factory=list, compare=False, repr=False)

    def digest(self) -> str:
        """sha256 over all rows in canonical order; equal rows give equal digests, wherever they
        lay.
        """
        if not self._digest:
            self._digest.append(_digest(self))
        return self._digest[0]


def _digest(rows: Rows) -> str:
    whole = hashlib.sha256()
    for part in fields(rows):
        if part.name.startswith("_"):
            continue
        lines = _canonical(getattr(rows, part.name))
        whole.update(f"{part.name}:{len(lines)}\n".encode())
        for line in lines:
            whole.update(line.encode())
            whole.update(b"\n")
    return f"sha256:{whole.hexdigest()}"


def _canonical(table: Sequence[object]) -> list[str]:
    """The rows of one table as JSON, sorted; where a rule stands is not what it says."""
    kinds = fields(table[0]) if table else ()  # type: ignore[arg-type]  # rows are dataclasses
    names = [part.name for part in kinds if part.name not in ("file", "line")]
    return sorted(
        _ENCODER.encode({name: _whole(getattr(row, name)) for name in names}) for row in table
    )


def _whole(value: object) -> object:
    return _parts(value) if isinstance(value, Source | Period) else value


@lru_cache(maxsize=4096)  # thousands of rows share a few sources and periods
def _parts(value: Source | Period) -> Mapping[str, object]:
    return asdict(value)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):  # a number is not the text that shows it
        return {"decimal": format(value.normalize(), "f")}
    raise TypeError(f"{type(value).__name__} cannot stand in a row")


_ENCODER = json.JSONEncoder(sort_keys=True, default=_plain, ensure_ascii=False)
