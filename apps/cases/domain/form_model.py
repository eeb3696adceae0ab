"""The shape of a form: pages, sections and fields, each field a fact with its question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """How an answer is given; it follows from the type of the fact."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    LINES = "lines"  # a list of texts, one a line
    YES_NO = "yes_no"  # true, false or unknown
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    COUNTRY = "country"
    COUNTRIES = "countries"
    DATED_COUNTRIES = "dated_countries"  # [{country, from}], the most recent last
    DAY = "day"
    WINDOW = "window"  # {from, until}, both days included
    NUMBER = "number"
    QUANTITY = "quantity"  # a number with its unit
    ENTRY = "entry"  # an entry or paragraph of a control list
    AFFILIATIONS = "affiliations"  # [{organisation, from, until, role}]
    FUNDERS = "funders"  # [{organisation, programme, call_date}]
    OWNERS = "owners"  # [{organisation, share}]


@dataclass(frozen=True, slots=True)
class Option:
    """One word that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Show a field only while another answer is one of some words."""

    path: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `path` is a fact path, or `case.title` and `case.summary` of the record."""

    path: str
    control: Control
    label: str
    hint: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    why: str = ""
    legal_basis: str = ""
    privacy: int = 1
    unit: str = ""
    pattern: str = ""  # the fact as the registry writes it; empty for the record
    regime: str = ""
    when: Condition | None = None
    always: str = ""  # what needs it although no rule reads it


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of one technology or way; `key` is its id, empty where nothing repeats."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One question area, one step of the form. `block` names what its sections repeat over."""

    slug: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    block: str = ""
    first: str = ""
    more: str = ""  # words of the button that adds another section

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of the page in their order."""
        return tuple(field for section in self.sections for field in section.fields)


@dataclass(frozen=True, slots=True)
class Form:
    """The pages of one kind of request, in the order in which they are asked."""

    kind: str
    title: str
    pages: tuple[Page, ...]

    def page(self, slug: str) -> Page | None:
        """The page of a name, if it is shown."""
        return next((page for page in self.pages if page.slug == slug), None)
