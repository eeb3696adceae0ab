"""A small law for tests: one regime, one entry, four countries, five rules, a list, two charters.

XA is at home. Entry 1X001 is controlled for NS1: an exception is open to XB (with an assurance),
none to XC, and XD is not marked. The list XA-LIST names the Northern Institute.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from apps.engine.rows import (
    CharterRow,
    ChartRow,
    CountryRow,
    GroupRow,
    ItemRow,
    Period,
    ReasonRow,
    Rows,
    RuleRow,
    Source,
    ThresholdRow,
)
from apps.rulebook.domain.load import load_edition
from apps.rulebook.domain.reading import read_yaml
from apps.rulebook.domain.rule_files import read_rules
from apps.rulebook.models import Edition
from apps.watchlists.domain.load import load_list
from tests.factories.watchlists import DocumentFactory, PartyFactory

REGIME = "XA-LAW"
ENTRY = "1X001"
LIST = "XA-LIST"
CODES = ("XA", "XB", "XC", "XD")
LISTED = "Northern Institute"
ALWAYS = Period()
SOURCE = Source("1 XA 1", "invented", "2026-11-01")
RULES = """
format: rules/1
pack: small
regime: XA-LAW
rules:
  - id: small.technology.published
    title: Published technology
    stage: technology
    when: {is: [exposure.item.published, true]}
    outcome: excluded
    lever: {text: Use only what is published, sets: exposure.item.published, to: true}
    source: {citation: "1 XA 2", read: invented, confidence: verified}
    because: {fired: "It is published already.", silent: "Not published: {failed}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
  - id: small.persons.citizen
    title: Citizen at home
    stage: person
    when: {any_of: {of: exposure.person.citizenships, where: {is: [country, XA]}}}
    outcome: no_licence_required
    reads_nationality: {legal_basis: "1 XA 3"}
    source: {citation: "1 XA 3", read: invented, confidence: verified}
    because: {fired: "A citizen.", silent: "Not a citizen: {failed}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
  - id: small.parties.listed
    title: Listed party
    stage: requirements
    when: {hit: {of: exposure.recipient, lists: [XA-LIST]}}
    outcome: policy_of_denial
    reach: case
    source: {citation: "1 XA 4", read: invented, confidence: verified}
    because: {fired: "The recipient is listed.", silent: "Not confirmed as listed: {failed}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
  - id: small.reasons.chart
    title: A reason is marked for the country
    stage: requirements
    when: {marked: {of: exposure.item, at: exposure.country, via: chart}}
    outcome: licence_required
    demands: chart
    reads_nationality: {legal_basis: "1 XA 5"}
    source: {citation: "1 XA 5", read: invented, confidence: verified}
    because: {fired: "Marked for {country}.", silent: "Not marked for {country}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
  - id: small.exceptions.tsr
    title: Technology under restriction
    stage: authorisations
    when:
      all:
        - {is: [exposure.item.tsr, "yes"]}
        - {country_in: [exposure.country, "XA:B"]}
    outcome: "exception:TSR"
    overcomes: [NS]
    conditions:
      - id: tsr_assurance
        text: Signed written assurance on file before the release
        met:
          any_of: {of: papers, where: {all: [{is: [kind, tsr_assurance]}, {is: [signed, true]}]}}
        due: before_release
    reads_nationality: {legal_basis: "1 XA 6"}
    source: {citation: "1 XA 6", read: invented, confidence: verified}
    because: {fired: "Open to {country}.", silent: "Not open: {failed}."}
    from: 2016-09-01
    until: open
    review_by: 2027-11-01
    owner: rules admin
"""


def small_rows() -> Rows:
    """The rows of the small law."""
    return Rows(
        countries=tuple(CountryRow(code, code, ALWAYS, SOURCE) for code in CODES),
        groups=tuple(
            GroupRow(code, "XA:B", code == "XB", ALWAYS, SOURCE)
            for code in CODES
        ),
        chart=tuple(
            ChartRow(REGIME, code, "NS1", code in ("XB", "XC"), ALWAYS, SOURCE)
            for code in CODES
        ),
        items=(_item(),),
        reasons=(
            ReasonRow(
                REGIME, ENTRY, "NS", whole=True, refs=(), excludes=(), see=(), reading="machine",
                column="NS1", period=ALWAYS, source=SOURCE,
            ),
        ),
        thresholds=tuple(
            ThresholdRow(name, Decimal(days), "working days", ALWAYS, SOURCE)
            for name, days in (
                ("office_days_T1", 2), ("office_days_T2", 5), ("office_days_T3", 15),
                ("office_days_T4", 15), ("reply_days", 20),
            )
        ),
        charters=(
            _charter("engineering", units=("engineering",)),
            _charter("central", catch_all=True),
        ),
        rules=small_rules(),
    )  # fmt: skip


def small_rules() -> tuple[RuleRow, ...]:
    """The rules of the small law, read as a rules file is."""
    return read_rules(read_yaml(RULES, file="small.yaml"), [])


def enact(at: datetime, *, rows: Rows | None = None, name: str = "small") -> Edition:
    """Load and publish the small law, in force long before."""
    made = rows or small_rows()
    return load_edition(made, id=name, by="system:tests", at=at, since=date(2026, 1, 1))


def publish_list(at: datetime) -> None:
    """Make the small list the one that is searched."""
    parties = (PartyFactory(party_id="north", name=LISTED, all_items=True),)
    document = DocumentFactory(code=LIST, parties=parties, as_of=at.date(), published_entries=1)
    load_list(document, by="system:tests", at=at)


def _item() -> ItemRow:
    return ItemRow(
        REGIME, ENTRY, "1", "technology", "Invented technology", captured=True, tsr="yes",
        tsr_excludes=(), tsr_excludes_reasons=(), tsr_needs_reading=False, sta="none_stated",
        eligible=(), period=ALWAYS, source=SOURCE,
    )  # fmt: skip


def _charter(office: str, *, units: tuple[str, ...] = (), catch_all: bool = False) -> CharterRow:
    return CharterRow(
        office=office, desk="triage", kinds=(), units=units, facilities=(), regimes=(), areas=(),
        tiers=(), catch_all=catch_all, period=ALWAYS, source=SOURCE,
    )  # fmt: skip
