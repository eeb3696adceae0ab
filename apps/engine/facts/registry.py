"""The typed registry of facts: what may be known of a case, why it is asked and who may read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from apps.engine.facts import shapes
from apps.engine.facts.types import Country, Day, FactType, Flag, Identifier, Number, OneOf, Quantity, Region, Text

Block = Literal["people", "organisations", "items", "activity", "releases", "papers"]
BLOCKS: Final[tuple[Block, ...]] = ("items", "activity", "releases", "organisations", "people", "papers")
NATIONALITY_FACTS: Final = frozenset({"citizenships", "permanent_residencies", "protected_in"})

_CLOSED_LIST: Final = "list"
_CLOSED_FLAG: Final = "flag"
_OPEN: Final = ""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its type, the question that asks for it, why, and how private it is (1 open to 3 sensitive).

    `closes` says what `complete: true` makes of an absent one: "list" the empty list, "flag" false, "" nothing.
    """

    block: Block
    field: str
    type: FactType
    label: str
    ask: str
    why: str
    privacy: int = 1
    closes: str = _OPEN
    legal_basis: str = ""
    asked_of: str = "requester"  # or "office": what a person of the office settles

    @property
    def pattern(self) -> str:
        """The path with a star for the id: `people.*.citizenships`."""
        return f"{self.block}.{self.field}" if self.block == "activity" else f"{self.block}.*.{self.field}"

    @property
    def values(self) -> tuple[str, ...]:
        """The words that can stand, for closed lists; else empty."""
        kind = self.type.of if isinstance(self.type, shapes.ListOf) else self.type
        return kind.values if isinstance(kind, OneOf) else ()

    @property
    def unit(self) -> str:
        """The unit of a number or quantity, else empty."""
        return self.type.unit if isinstance(self.type, Number | Quantity) else ""


HOW: Final = (
    "disclosure", "inspection", "credentials", "operation", "training", "teaching", "login", "object_code",
    "e_mail", "storage", "hand_carry", "shipment", "service", "publication",
)  # fmt: skip
VERBS: Final = ("operation", "installation", "maintenance", "repair", "overhaul", "refurbishing")
PAPER_KINDS_NOTE: Final = "tsr_assurance, sta_notice, release_notice, uvl_statement, nda, determination, ..."

_SECURITY = "Export rules decide by what is released, how and to whom; nothing else about the person is read."
_REQUIRED_BY_LAW = "The law counts this country, not a name, an accent or a place of birth."


def _items() -> tuple[FactSpec, ...]:
    from_item = "Whether rules apply at all depends on what the technology is and whether anyone may have it."
    entry = shapes.Entry()
    paragraphs = shapes.ListOf(entry)
    reason = Text(most=16)
    return (
        FactSpec("items", "nature", OneOf(("technology", "source_code", "object_code", "equipment", "material", "service", "course")),
                 "what it is", "What is it: technology, software, equipment, material, a service or a course?", from_item),
        FactSpec("items", "published", Flag(), "already published", "Is it published already, where anyone may read it?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "open_patent", Flag(), "in an open patent or patent application", "Does it stand in a patent or an open patent application?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "catalogue_course", Flag(), "taught in a catalogue course or its teaching laboratory", "Is it taught in a course of the catalogue or its teaching laboratory?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "fundamental_result", Flag(), "a result of this research", "Does it arise from this research itself?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "proprietary_input", Flag(), "given to the activity by someone who does not mean it to be published", "Did somebody give it to you who does not mean it to be published?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "classified", Flag(), "classified by a government", "Is it classified by a government?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "control.item", entry, "control list entry", "Which control list entry covers it? EAR99 if its owner or a classifier says so.", "The entry names the reasons for control; nobody guesses it."),
        FactSpec("items", "control.paragraph", entry, "paragraph of the entry", "Which paragraph of the entry covers it?", "Paragraphs of one entry are controlled for different reasons."),
        FactSpec("items", "control.for", entry, "entry or paragraph of the item the technology is for", "Which item is the technology for? Give its entry and paragraph.", "Technology takes its reasons for control from the item it is for."),
        FactSpec("items", "control.category", Text(most=32), "category of the list", "Which category of the list covers it?", "Some lists are read by category."),
        FactSpec("items", "control.excludes", paragraphs, "paragraphs ruled out", "Which paragraphs does a classifier rule out?", "What is ruled out need not be asked."),
        FactSpec("items", "control.reasons", shapes.ListOf(reason), "reasons for control a classifier read", "Which reasons for control apply, by a classifier's reading?", "The text of the entry must be read by a person here.", asked_of="office"),
        FactSpec("items", "control.eligible", shapes.ListOf(reason), "exceptions the entry leaves open", "Which exceptions does the entry leave open?", "The text of the entry must be read by a person here.", asked_of="office"),
        FactSpec("items", "measures", shapes.ListOf(Text()), "measured values", "What are its measured values?", "Entries begin at a value."),
        FactSpec("items", "encryption", OneOf(("standard", "non_standard")), "kind of cryptography", "Is its cryptography standard?", from_item),
        FactSpec("items", "areas", shapes.ListOf(Text(most=200)), "sensitive areas it advances", "Which listed research areas does the work advance?", "Some funding and review rules go by area.", closes=_CLOSED_LIST),
        FactSpec("items", "level", OneOf(("introductory", "undergraduate", "graduate")), "level of the course", "What level is the course?", from_item),
        FactSpec("items", "subject", OneOf(("stem", "humanities", "social_sciences", "law", "business")), "subject of the course", "What subject is the course?", from_item),
        FactSpec("items", "internal_use", Flag(), "for internal use", "Is it used only inside the company?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "over_notification_value", Flag(), "contract value reaches the notification value", "Does the contract reach the notification value?", from_item, closes=_CLOSED_FLAG),
        FactSpec("items", "excluded_under", shapes.ListOf(Text(most=64)), "schemes whose exclusion list names it", "Which schemes exclude it by name?", from_item, closes=_CLOSED_LIST),
        FactSpec("items", "title", Text(most=400), "what it is called", "What do you call it?", "So that people can talk about the same thing."),
    )  # fmt: skip


def _activity() -> tuple[FactSpec, ...]:
    why = "Results of open research are outside the rules; what was accepted in the contract decides."
    enduse = "Some uses need a licence whatever the technology is."
    return (
        FactSpec("activity", "kind", OneOf(("joint_venture", "visit", "facility")), "kind of request", "What is asked for?", "Different requests release different things."),
        FactSpec("activity", "host", Identifier(), "hosting organisation", "Which organisation hosts the work?", _SECURITY),
        FactSpec("activity", "nature", OneOf(("fundamental", "applied", "development", "service", "education")), "nature of the work", "Is the work fundamental research?", why),
        FactSpec("activity", "publication", shapes.ListOf(OneOf(("free", "patent_delay", "sponsor_data_removal", "sponsor_approval", "restricted")), alone=True), "freedom to publish", "May the results be published freely?", why),
        FactSpec("activity", "participation_limits", Flag(), "accepted limits on who may take part", "Did you accept limits on who may take part?", why, closes=_CLOSED_FLAG),
        FactSpec("activity", "access_controls", Flag(), "accepted limits on who may receive results", "Did you accept limits on who may receive results?", why, closes=_CLOSED_FLAG),
        FactSpec("activity", "clauses", shapes.ListOf(Text(most=200)), "contract clauses", "Which contract clauses apply?", why, closes=_CLOSED_LIST),
        FactSpec("activity", "standards", Flag(), "standards-related activity in an open standards body", "Is it work in an open standards body?", why, closes=_CLOSED_FLAG),
        FactSpec("activity", "collaboration", OneOf(("bilateral", "multilateral")), "form of collaboration", "Is the collaboration bilateral?", why),
        FactSpec("activity", "informed_by_authority", Flag(), "told by an authority of a concern", "Has an authority told you of a concern?", enduse, closes=_CLOSED_FLAG),
        FactSpec("activity", "harmless_use", Flag(), "clearly harmless by the authority's questions", "Do all of the authority's guideline questions answer clearly harmless?", enduse, closes=_CLOSED_FLAG),
        FactSpec("activity", "done_in", Country(), "country the work is done in", "In which country is the work done?", why),
        FactSpec("activity", "end_use", shapes.ListOf(OneOf(("civil", "military", "wmd", "missile", "surveillance"))), "end use", "What is the end use?", enduse, closes=_CLOSED_LIST),
        FactSpec("activity", "onward", shapes.ListOf(shapes.ONWARD), "onward transfers", "To whom will it be passed on?", enduse, closes=_CLOSED_LIST),
        FactSpec("activity", "access_blocked", Flag(), "access blocked until licensed", "Is access blocked until a licence is there?", enduse, closes=_CLOSED_FLAG),
        FactSpec("activity", "red_flags", shapes.ListOf(Text(most=400)), "red flags not cleared", "Which red flags are open?", enduse, closes=_CLOSED_LIST, asked_of="office"),
        FactSpec("activity", "funders", shapes.ListOf(shapes.FUNDER), "funders", "Who funds the work?", "Some funders bar some collaborations.", closes=_CLOSED_LIST),
    )  # fmt: skip


def _releases() -> tuple[FactSpec, ...]:
    why = "Only what becomes known to somebody is released; looking at a closed machine is not."
    return (
        FactSpec("releases", "id", Identifier(), "release", "Which release?", why),
        FactSpec("releases", "from", Identifier(), "who gives it", "Who gives it?", why),
        FactSpec("releases", "who", shapes.ListOf(Identifier(), alone=True), "who receives it", "Who receives it?", why),
        FactSpec("releases", "what", shapes.ListOf(Identifier(), alone=True), "what is received", "What is received?", why),
        FactSpec("releases", "how", OneOf(HOW), "how it is released", "How does it become known: shown, taught, operated, logged in to?", why),
        FactSpec("releases", "meeting", OneOf(("open", "closed")), "kind of meeting", "May anyone qualified attend and take notes?", why),
        FactSpec("releases", "own_use", Flag(), "for own use", "Is it for the person's own use?", why, closes=_CLOSED_FLAG),
        FactSpec("releases", "secured", Flag(), "secured end to end", "Is it encrypted end to end, on the device and on the line?", why, closes=_CLOSED_FLAG),
        FactSpec("releases", "reveals", Flag(), "the technology itself becomes known", "Does the technology itself become known?", why),
        FactSpec("releases", "verbs", shapes.ListOf(OneOf(VERBS)), "what is learned about the equipment", "What is learned: operation only, or also installation, maintenance, repair, overhaul and refurbishing?", why, closes=_CLOSED_LIST),
        FactSpec("releases", "where", Country(), "country of receipt", "In which country is it received?", "What leaves the country is an export to that country."),
        FactSpec("releases", "window", shapes.WINDOW, "from when until when", "From when until when?", "The law of the day of release counts."),
    )  # fmt: skip


def _organisations() -> tuple[FactSpec, ...]:
    why = "Lists, ownership and schemes name organisations."
    return (
        FactSpec("organisations", "country", Country(), "country of the organisation", "In which country is the organisation?", why),
        FactSpec("organisations", "kind", OneOf(("university", "institute", "company", "government", "military")), "kind of organisation", "What kind of organisation is it?", why),
        FactSpec("organisations", "owners", shapes.ListOf(shapes.OWNER), "owners", "Who owns it, and how much each?", why, closes=_CLOSED_LIST),
        FactSpec("organisations", "authorised_under", shapes.ListOf(Text(most=64)), "schemes it is enrolled in", "In which schemes is it enrolled?", why, closes=_CLOSED_LIST),
        FactSpec("organisations", "approved_under", shapes.ListOf(shapes.APPROVAL), "licences it holds", "Under which licences does it hold the items?", why, closes=_CLOSED_LIST),
        FactSpec("organisations", "foreign_person", Flag(), "a foreign person", "Is it a foreign person?", why),
        FactSpec("organisations", "accredited_us", Flag(), "accredited institution of higher learning", "Is it an accredited institution of higher learning there?", why, closes=_CLOSED_FLAG),
        FactSpec("organisations", "hits", shapes.ListOf(shapes.HIT), "list hits of the organisation", "Is the organisation on a list?", "A similar name is a hit until a person says otherwise.", closes=_CLOSED_LIST, asked_of="office"),
        FactSpec("organisations", "name", Text(most=400), "name of the organisation", "What is it called?", "Lists go by name."),
    )  # fmt: skip


def _people() -> tuple[FactSpec, ...]:
    basis = "15 CFR 734.13(b)"
    listed = shapes.ListOf(shapes.NATIONALITY)
    countries = shapes.ListOf(Country())
    number = Number(unit="months", least=Decimal(0))
    return (
        FactSpec("people", "citizenships", listed, "citizenships", "Which citizenships does the person hold, the most recent last?", _REQUIRED_BY_LAW, privacy=3, legal_basis=basis),
        FactSpec("people", "permanent_residencies", listed, "permanent residencies", "Is the person a permanent resident of any country?", _REQUIRED_BY_LAW, privacy=3, closes=_CLOSED_LIST, legal_basis=basis),
        FactSpec("people", "protected_in", countries, "refugee or asylum status", "Which country gave the person refugee or asylum status?", _REQUIRED_BY_LAW, privacy=3, closes=_CLOSED_LIST, legal_basis="15 CFR 772.1"),
        FactSpec("people", "residence_permits", countries, "temporary residence permits", "Which temporary residence permits does the person hold?", "A permit is not a nationality.", privacy=2, closes=_CLOSED_LIST),
        FactSpec("people", "visa", Text(most=32), "visa", "On which visa does the person come?", "Some rules speak of the visa class.", privacy=2),
        FactSpec("people", "petition", OneOf(("none", "planned", "filed")), "visa petition by the host", "Will the host file a visa petition?", "The petition asks for an export statement.", privacy=2),
        FactSpec("people", "located_in", Country(), "where the person is", "Where is the person?", _SECURITY, privacy=2),
        FactSpec("people", "abode_in", Country(), "permanent home", "Where is the person's permanent home during the work?", "One exception asks for a permanent home in the country throughout.", privacy=2),
        FactSpec("people", "resident_region", Region(), "region of residence", "In which region does the person live?", _SECURITY, privacy=2),
        FactSpec("people", "months_resident", number, "months in the host's country", "How many months has the person lived here?", _SECURITY, privacy=2),
        FactSpec("people", "employment", OneOf(("full_time_regular", "part_time", "student", "stipend", "visitor", "none")), "standing at the host", "Is the person a full-time regular employee of the host?", "A university may release much to its own full-time regular employees."),
        FactSpec("people", "employer", Identifier(), "employer", "Who employs the person?", "Employees of a listed body stand under its listing."),
        FactSpec("people", "employed_since", Day(), "employed since", "Since when is the person employed?", "One rule covers staff of an earlier date."),
        FactSpec("people", "affiliations", shapes.ListOf(shapes.AFFILIATION), "affiliations", "Which organisations is the person tied to, and how?", "Employees and students of a listed body are treated differently.", privacy=2, closes=_CLOSED_LIST),
        FactSpec("people", "influence", shapes.ListOf(OneOf(("contract", "benefit", "instruction"))), "influence of a foreign government or body", "Is there a contract, benefit or instruction from a foreign government or body?", _SECURITY, privacy=2, closes=_CLOSED_LIST),
        FactSpec("people", "benefit_share", Quantity("%", Decimal(0), Decimal(100)), "share of income from a foreign government", "How much of the yearly income does a foreign government pay?", _SECURITY, privacy=3),
        FactSpec("people", "host_prevails", Flag(), "the host's instructions prevail", "Is it agreed that the host's instructions prevail?", _SECURITY, closes=_CLOSED_FLAG),
        FactSpec("people", "talent_programme", OneOf(("none", "active", "past")), "malign foreign talent programme", "Is the person party to a malign foreign talent programme?", "Funders ask this of everyone alike.", privacy=2),
        FactSpec("people", "contacts_screened", Flag(), "substantive contacts screened", "Were substantive contacts screened?", _SECURITY, closes=_CLOSED_FLAG),
        FactSpec("people", "study", shapes.STUDY, "field and level of study", "What does the person study, and at which level?", "Some certificates go by field and level."),
        FactSpec("people", "hits", shapes.ListOf(shapes.HIT), "list hits of the person", "Is the person on a list?", "A similar name is a hit until a person says otherwise.", privacy=2, closes=_CLOSED_LIST, asked_of="office"),
        FactSpec("people", "name", Text(most=400), "name of the person", "What is the person's name?", "Lists go by name.", privacy=2),
    )  # fmt: skip


def _papers() -> tuple[FactSpec, ...]:
    why = "A signed paper can be what makes a release lawful."
    return (
        FactSpec("papers", "kind", Text(most=64), "kind of paper", "Which paper is it?", why),
        FactSpec("papers", "by", Identifier(), "signed by", "Who signs it?", why),
        FactSpec("papers", "about", shapes.ListOf(Identifier(), alone=True), "what it holds for", "For whom or what does it hold?", why),
        FactSpec("papers", "signed", Flag(), "signed", "Is it signed?", why),
        FactSpec("papers", "refused", Flag(), "refused", "Was it refused?", why),
        FactSpec("papers", "on", Day(), "date", "When was it signed?", why),
        FactSpec("papers", "until", Day(), "valid until", "Until when is it valid?", why),
    )


REGISTRY: Final[tuple[FactSpec, ...]] = (
    *_items(), *_activity(), *_releases(), *_organisations(), *_people(), *_papers(),
)  # fmt: skip

BY_BLOCK: Final[Mapping[Block, Mapping[str, FactSpec]]] = {
    block: {spec.field: spec for spec in REGISTRY if spec.block == block} for block in BLOCKS
}
ORDER: Final[Mapping[str, int]] = {spec.pattern: place for place, spec in enumerate(REGISTRY)}

_KEYED = re.compile(r"^(people|organisations|items|releases|papers)\.([\w\-]{1,64})\.(.+)\Z")
_CONTROL = re.compile(r"^control\.([A-Za-z0-9\-]{1,32})\.(\w+)\Z")
_MEASURE = re.compile(r"^measures\.(\w{1,64})\Z")


def spec_for(path: str) -> FactSpec | None:
    """The spec of a path such as `people.lin.citizenships`, `items.press.control.REGIME.item`; None if there is none."""
    if path.startswith("activity."):
        return BY_BLOCK["activity"].get(path.removeprefix("activity."))
    if not (match := _KEYED.match(path)):
        return None
    block, _, field = match.groups()
    if block == "items" and (control := _CONTROL.match(field)):
        field = f"control.{control[2]}"
    elif block == "items" and _MEASURE.match(field):
        return MEASURE
    elif block == "items" and field.partition(".")[0] in {"control", "measures"}:
        return None  # a reading belongs to a regime, a measure has a name
    specs: Mapping[str, FactSpec] = BY_BLOCK[_block(block)]
    return specs.get(field)


def _block(word: str) -> Block:
    return next(block for block in BLOCKS if block == word)


MEASURE: Final = FactSpec(
    "items", "measures.*", Quantity(), "measured value", "What is its measured value?", "Entries begin at a value."
)
