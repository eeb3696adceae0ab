"""The types a fact may have: each reads one plain value, or refuses it with what would be valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from apps.engine.refusal import Refusal

_ID = re.compile(r"^[\w\-]{1,64}\Z")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}\Z")
_COUNTRY = re.compile(r"^[A-Z]{2}\Z")
_NUMBER = re.compile(r"^-?\d{1,40}(?:\.\d{1,40})?\Z")
_QUANTITY = re.compile(r"^(-?\d{1,40}(?:\.\d{1,40})?)\s*((?:[^\W\d_]|[%‰°]).*)\Z")  # 60 km, 60 %
_REGION = re.compile(r"^[A-Z]{2}-[A-Z0-9]{1,3}\Z")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database keeps a null or half a character
LONG_FORM = frozenset({"value", "unit", "source", "as_of"})


class Unknown:
    """The one value that says: not known."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self


UNKNOWN_VALUE = Unknown()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes an edition knows; an empty set means that nothing is checked against it."""

    countries: frozenset[str] = frozenset()
    items: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a value needs besides the value: the codes known, and where refusals go."""

    vocabulary: Vocabulary
    refuse: Callable[[Refusal], None]


class FactType(Protocol):
    """Reads one plain value (text, bool, Decimal, list, dict) into its typed form."""

    @property
    def name(self) -> str:
        """How the type is called."""

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""


def wrong_type(raw: object, where: str, valid: str) -> Refusal:
    """The refusal every type answers to a value of another shape."""
    found = str(raw)[:80] if isinstance(raw, str | bool | int | Decimal) else type(raw).__name__
    return Refusal(
        "wrong_type", f"This should be {valid}.", where, f"Write {valid}, or unknown.", found, valid
    )


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    name: str = "bool"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, bool):
            return raw
        reading.refuse(wrong_type(raw, where, "true or false"))
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Text:
    """Free text of at most `most` characters."""

    name: str = "text"
    most: int = 4000

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, str) and _UNKEPT.search(raw):
            what = "A text holds a null or half a character."
            reading.refuse(Refusal("forbidden_character", what, where, "Take it out."))
            return UNKNOWN_VALUE
        if isinstance(raw, str) and 0 < len(raw) <= self.most:
            return raw
        if isinstance(raw, Decimal | int) and not isinstance(raw, bool):
            return str(raw)
        reading.refuse(wrong_type(raw, where, f"text of 1 to {self.most} characters"))
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Identifier:
    """The id of a person, organisation, item or release of the same case."""

    name: str = "id"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if (
            isinstance(raw, str | Decimal | int)
            and not isinstance(raw, bool)
            and _ID.match(str(raw))
        ):
            return str(raw)
        reading.refuse(wrong_type(raw, where, "an id of letters, digits and hyphens"))
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed list."""

    values: tuple[str, ...]
    name: str = "enum"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, str) and raw in self.values:
            return raw
        valid = ", ".join(self.values)
        reading.refuse(
            Refusal(
                "not_an_option",
                "This is not one of the words that can stand here.",
                where,
                f"Choose one of: {valid}.",
                str(raw)[:80],
                valid,
            )
        )
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Country:
    """A country by ISO 3166-1 alpha-2, known to the edition."""

    name: str = "country"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        known = reading.vocabulary.countries
        if isinstance(raw, str) and _COUNTRY.match(raw) and (not known or raw in known):
            return raw
        reading.refuse(
            Refusal(
                "unknown_country",
                "This is not a country code.",
                where,
                "Write the two capital letters of the country, as passports have them.",
                str(raw)[:80],
                "ISO 3166-1 alpha-2",
            )
        )
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Region:
    """A region by ISO 3166-2."""

    name: str = "region"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, str) and _REGION.match(raw):
            return raw
        reading.refuse(wrong_type(raw, where, "a region by ISO 3166-2"))
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, written year-month-day."""

    name: str = "date"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, date):
            return raw
        try:
            if isinstance(raw, str) and _DAY.match(raw):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        reading.refuse(
            Refusal(
                "impossible_date",
                "There is no such day.",
                where,
                "Write the day as year-month-day, such as 2026-11-22.",
                str(raw)[:80],
                "a date, YYYY-MM-DD",
            )
        )
        return UNKNOWN_VALUE


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number, with its least and greatest value where there is one."""

    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    name: str = "number"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if isinstance(raw, Decimal | int) and not isinstance(raw, bool):
            value = Decimal(raw)
            if self._fits(value):
                return value
        reading.refuse(wrong_type(raw, where, self._valid()))
        return UNKNOWN_VALUE

    def _fits(self, value: Decimal) -> bool:
        return (
            value.is_finite()
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
        )

    def _valid(self) -> str:
        low = "" if self.least is None else f" from {self.least}"
        high = "" if self.most is None else f" up to {self.most}"
        return f"a number{low}{high}{' ' + self.unit if self.unit else ''}"


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A number with its unit, as a quantity is kept."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that always carries its unit; `unit` empty: any unit."""

    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    name: str = "quantity"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        amount = as_amount(raw)
        if amount is not None and (not self.unit or amount.unit == self.unit):
            low = self.least is None or amount.value >= self.least
            if low and (self.most is None or amount.value <= self.most):
                return amount
        valid = f"a number with its unit, such as 60 {self.unit or 'km'}"
        reading.refuse(wrong_type(raw, where, valid))
        return UNKNOWN_VALUE


def as_amount(raw: object) -> Amount | None:
    """The quantity in `400 Wh/kg` or `{value: 400, unit: Wh/kg}`, else None."""
    if isinstance(raw, Amount):
        return raw
    if isinstance(raw, str) and (match := _QUANTITY.match(raw)):
        return Amount(Decimal(match[1]), match[2].strip())
    if isinstance(raw, Mapping) and isinstance(raw.get("unit"), str):
        number, unit = _plain_number(raw.get("value")), str(raw["unit"]).strip()
        return Amount(number, unit) if number is not None and unit else None
    return None


def _plain_number(raw: object) -> Decimal | None:
    """A finite number written plainly: no exponent, no infinity."""
    if isinstance(raw, str):
        return Decimal(raw) if _NUMBER.match(raw) else None
    if isinstance(raw, Decimal | int) and not isinstance(raw, bool):
        return Decimal(raw) if Decimal(raw).is_finite() else None
    return None


def unwrap(raw: object) -> tuple[object, object, object]:
    """The value, source and date of a value that may be written long."""
    if isinstance(raw, Mapping) and "value" in raw and LONG_FORM.issuperset(raw):
        plain: object = raw["value"]
        if "unit" in raw and plain != "unknown":
            plain = {"value": raw["value"], "unit": raw["unit"]}
        return plain, raw.get("source", ""), raw.get("as_of")
    return raw, "", None
