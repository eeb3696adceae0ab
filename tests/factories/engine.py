"""A tiny invented law and case for tests of the engine: countries, one entry, rules, one exposure.

XA is at home. Column NS1 marks XB and XC, leaves XD free and says nothing of XE. Group XA:B holds
XB, not XC, and does not say of XD. Nothing here is law anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from apps.engine.conditions import compile_condition
from apps.engine.conditions.refusing import Bench
from apps.engine.conditions.tree import Leaf, Seen
from apps.engine.determine import Determination, determine
from apps.engine.edition import Edition, compile_edition
from apps.engine.exposures import Exposure, exposures_of
from apps.engine.facts import FactEntry, Facts, assemble, read_facts
from apps.engine.refusal import Refusal
from apps.engine.rows import (
    ChartRow,
    CountryRow,
    DestinationRow,
    GroupRow,
    ItemRow,
    Period,
    ReasonRow,
    Rows,
    RuleRow,
    Source,
    ThresholdRow,
)

REGIME = "XA-LAW"
ENTRY = "1X001"
TODAY = date(2026, 11, 22)
ALWAYS = Period()
SOURCE = Source("1 XA 1", "invented")
UNSURE = Source("1 XA 9", "invented, not read", confidence="unverified")
COUNTRIES = ("XA", "XB", "XC", "XD", "XE")


class Absent(Enum):
    """Takes a fact out of the base; an enum, so that its name is the same in every process."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return self.name


ABSENT = Absent.ABSENT

BASE: Mapping[str, object] = {
    "activity.host": "host",
    "activity.nature": "applied",
    "activity.end_use": [],
    "organisations.host.country": "XA",
    "organisations.host.kind": "university",
    "organisations.host.hits": [],
    "organisations.home.country": "XC",
    "organisations.home.hits": [],
    "people.lin.citizenships": [{"country": "XC"}],
    "people.lin.permanent_residencies": [],
    "people.lin.employer": "home",
    "people.lin.employment": "visitor",
    "people.lin.affiliations": [],
    "people.lin.hits": [],
    "items.thing.nature": "technology",
    "items.thing.published": False,
    f"items.thing.control.{REGIME}.item": ENTRY,
    "releases.r1.from": "host",
    "releases.r1.who": "lin",
    "releases.r1.what": "thing",
    "releases.r1.how": "disclosure",
    "releases.r1.where": "XA",
}


def document(changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The base case as a facts document, with some facts told otherwise or taken out."""
    told = {**BASE, **(changes or {})}
    told.setdefault("papers", [])
    entries = [FactEntry(path, value) for path, value in told.items() if value is not ABSENT]
    return assemble(entries)


def facts(changes: Mapping[str, object] | None = None) -> Facts:
    """The base case read, with some facts told otherwise or taken out."""
    return read_facts(document(changes))


def rule(name: str = "small.rule", **written: object) -> RuleRow:
    """A rule as written: a requirement that always holds, unless said otherwise."""
    period = written.pop("period", ALWAYS)
    regime = written.pop("regime", REGIME)
    assert isinstance(period, Period)
    whole: dict[str, object] = {
        "stage": "requirements",
        "when": ALWAYS_TRUE,
        "outcome": "licence_required",
        "reads_nationality": {"legal_basis": "1 XA 1"},
        "source": {"citation": f"1 XA {name}", "read": "invented", "confidence": "verified"},
        "because": {"fired": f"{name} holds.", "silent": f"{name} does not: {{failed}}."},
        **written,
    }
    kept = {key: value for key, value in whole.items() if value is not ABSENT}
    return RuleRow(name, "small", str(regime), kept, period, "small.yaml", 7)


ALWAYS_TRUE: Mapping[str, object] = {"is": ["activity.nature", "applied"]}
NEVER_TRUE: Mapping[str, object] = {"is": ["activity.nature", "service"]}
UNKNOWN_FACT: Mapping[str, object] = {"is": ["activity.kind", "visit"]}  # not in the base
UNKNOWN_LAW: Mapping[str, object] = {"certificate": "read by a person"}


def chart_rule(**written: object) -> RuleRow:
    """The requirement of a reason that the chart marks for the country."""
    marked = {"marked": {"of": "exposure.item", "at": "exposure.country", "via": "chart"}}
    return rule("small.chart", **{"when": marked, "demands": "chart", **written})


def exception_rule(name: str = "small.exception", **written: object) -> RuleRow:
    """An exception that overcomes NS and always holds, unless said otherwise."""
    usual = {"stage": "authorisations", "outcome": "exception:ONE", "overcomes": ["NS"]}
    return rule(name, **{**usual, **written})


def term(name: str) -> dict[str, object]:
    """An open condition that a signed paper of its name meets."""
    wanted = {"all": [{"is": ["kind", name]}, {"is": ["signed", True]}]}
    return {
        "id": name,
        "text": f"{name} first",
        "met": {"any_of": {"of": "papers", "where": wanted}},
    }


def item_row(item: str = ENTRY, **changes: Any) -> ItemRow:
    """An entry whose reasons are captured and that the exception for technology is open to."""
    row = ItemRow(
        regime=REGIME, item=item, category="1", group="technology", title="Invented", captured=True,
        tsr="yes", tsr_excludes=(), tsr_excludes_reasons=(), tsr_needs_reading=False,
        sta="none_stated", eligible=(), period=ALWAYS, source=SOURCE,
    )  # fmt: skip
    return replace(row, **changes)


def reason_row(item: str = ENTRY, **changes: Any) -> ReasonRow:
    """The reason NS of an entire entry, read by the machine, in column NS1."""
    row = ReasonRow(
        regime=REGIME, item=item, reason="NS", whole=True, refs=(), excludes=(), see=(),
        reading="machine", column="NS1", period=ALWAYS, source=SOURCE,
    )  # fmt: skip
    return replace(row, **changes)


def destination_row(name: str, **changes: Any) -> DestinationRow:
    """A destination rule in prose that reaches every country, inside and outside."""
    row = DestinationRow(REGIME, name, ("*",), (), "yes", True, ALWAYS, SOURCE)
    return replace(row, **changes)


def rows(*rules: RuleRow, **tables: Any) -> Rows:
    """The rows of the tiny law with these rules; a table may be given otherwise."""
    usual: dict[str, Any] = {
        "countries": tuple(CountryRow(code, f"Land {code}", ALWAYS, SOURCE) for code in COUNTRIES),
        "groups": tuple(
            GroupRow(code, "XA:B", member, ALWAYS, SOURCE)
            for code, member in (("XB", True), ("XC", False), ("XD", None))
        ),
        "chart": tuple(
            ChartRow(REGIME, code, "NS1", marked, ALWAYS, SOURCE)
            for code, marked in (("XB", True), ("XC", True), ("XD", False))
        ),
        "items": (item_row(), item_row("EAR99")),
        "reasons": (reason_row(),),
        "thresholds": (ThresholdRow("cell_energy", Decimal(350), "Wh/kg", ALWAYS, SOURCE),),
    }
    return Rows(**{**usual, **tables, "rules": rules})


def edition(*rules: RuleRow, on: date = TODAY, **tables: Any) -> Edition:
    """The tiny law with these rules as it stands on a day; the requirement that always holds, if
    none is given.
    """
    return compile_edition(rows(*(rules or (rule(),)), **tables), id="small", on=on)


def read(whole: Mapping[str, object]) -> Exposure:
    """The first exposure of a facts document under the tiny law."""
    return exposures_of(read_facts(whole), edition().law)[0]


def exposure(changes: Mapping[str, object] | None = None, **law: Any) -> Exposure:
    """The one exposure of the base case, with some facts told otherwise, under the tiny law."""
    found = exposures_of(facts(changes), edition(**law).law)
    return found[0]


def determined(
    changes: Mapping[str, object] | None = None,
    *rules: RuleRow,
    on: date = TODAY,
    asked: tuple[str, ...] = (),
    **tables: Any,
) -> Determination:
    """The determination of the base case, with some facts told otherwise, under these rules; the
    regimes that are asked for, all if none is.
    """
    return determine(facts(changes), edition(*rules, on=on, **tables), on=on, regimes=asked)


def bench(found: list[Refusal]) -> Bench:
    """Where conditions of the tiny law are compiled; refusals are left in the list."""
    standing = edition()
    return Bench(REGIME, standing.vocabulary, standing.law.tables.group_names, found.append)


def leaf(condition: Mapping[str, object]) -> Leaf:
    """The compiled leaf of a condition that is not refused."""
    found: list[Refusal] = []
    node = compile_condition(condition, "when", bench(found))
    assert isinstance(node, Leaf), found
    return node


def seen(
    condition: Mapping[str, object], changes: Mapping[str, object] | None = None, **law: Any
) -> Seen:
    """What a leaf sees of the base case, with some facts told otherwise."""
    return leaf(condition).look(exposure(changes, **law))


def refused(condition: object) -> list[tuple[str, str]]:
    """(code, place) of every refusal a condition meets; none for one that is taken."""
    found: list[Refusal] = []
    node = compile_condition(condition, "when", bench(found))
    assert (node is None) == bool(found), "what is not compiled is refused, what is refused is not"
    return [(refusal.code, refusal.where) for refusal in found]
