"""The composed types of facts: lists and small records of the simple ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.engine.facts.types import (
    UNKNOWN_VALUE,
    Country,
    Day,
    FactType,
    Flag,
    Identifier,
    OneOf,
    Quantity,
    Reading,
    Text,
    unwrap,
    wrong_type,
)
from apps.engine.refusal import Refusal

_ENTRY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9()._\-]{0,31}\Z")


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one type; `alone` lets one value stand without a list."""

    of: FactType
    alone: bool = False
    most: int = 200

    @property
    def name(self) -> str:
        """How the type is called."""
        return f"list of {self.of.name}"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if self.alone and not isinstance(raw, list | tuple):
            return (self.of.read(raw, where, reading),)
        if not isinstance(raw, list | tuple) or len(raw) > self.most:
            reading.refuse(wrong_type(raw, where, f"a {self.name} (at most {self.most})"))
            return UNKNOWN_VALUE
        return tuple(
            self._member(part, f"{where}[{place}]", reading) for place, part in enumerate(raw)
        )

    def _member(self, raw: object, where: str, reading: Reading) -> object:
        plain, _, _ = unwrap(raw)
        return UNKNOWN_VALUE if plain == "unknown" else self.of.read(plain, where, reading)


@dataclass(frozen=True, slots=True)
class Record:
    """A few named values; unknown keys are refused; `needed` must be there, known or not."""

    fields: Mapping[str, FactType]
    needed: tuple[str, ...] = ()
    kind: str = "record"

    @property
    def name(self) -> str:
        """How the type is called."""
        return self.kind

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        if not isinstance(raw, Mapping):
            reading.refuse(wrong_type(raw, where, f"a {self.kind} of {', '.join(self.fields)}"))
            return UNKNOWN_VALUE
        self._refuse_strangers(raw, where, reading)
        if any(unwrap(raw.get(key))[0] == "unknown" for key in self.needed):
            return UNKNOWN_VALUE  # without it the rest says nothing
        read: dict[str, object] = {}
        for key, kind in self.fields.items():
            plain, _, _ = unwrap(raw.get(key, "unknown"))
            if plain != "unknown":
                read[key] = kind.read(plain, f"{where}.{key}", reading)
        for key in self.needed:
            if key not in read:
                reading.refuse(
                    Refusal(
                        "missing_key",
                        f"{key} is missing here.",
                        f"{where}.{key}",
                        f"Add {key}, or unknown.",
                        valid=f"a {self.fields[key].name}, or unknown",
                    )
                )
        return read

    def _refuse_strangers(self, raw: Mapping[str, object], where: str, reading: Reading) -> None:
        for key in raw:
            if key not in self.fields:
                valid = ", ".join(self.fields)
                reading.refuse(
                    Refusal(
                        "unknown_key",
                        f"Nothing called {key} can stand here.",
                        f"{where}.{key}",
                        f"Take it out, or use one of: {valid}.",
                        str(key)[:80],
                        valid,
                    )
                )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry or paragraph of a control list, known to the edition where it has the list."""

    name: str = "item"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        code = "" if isinstance(raw, bool) or not isinstance(raw, str | Decimal | int) else str(raw)
        if not _ENTRY.match(code):
            reading.refuse(wrong_type(raw, where, "a control list entry, such as EAR99"))
            return UNKNOWN_VALUE
        regime = where.rpartition(".control.")[2].split(".")[0]
        known = reading.vocabulary.items.get(regime, frozenset())
        if known and code.split(".")[0] not in known:
            reading.refuse(
                Refusal(
                    "unknown_item",
                    f"{code} is not an entry of this control list as the edition knows it.",
                    where,
                    "Check the entry, or leave it unknown: then an officer classifies.",
                    code,
                    f"an entry of {regime}, or listed, EAR99, not_listed, not_subject",
                )
            )
            return UNKNOWN_VALUE
        return code


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of several types whose shape fits (a number, or a record)."""

    first: FactType
    other: FactType
    name: str = "text or record"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        kind = self.other if isinstance(raw, Mapping) else self.first
        return kind.read(raw, where, reading)


@dataclass(frozen=True, slots=True)
class Nationalities:
    """Countries a person belongs to, the most recent last; dates that say otherwise are refused."""

    name: str = "list of nationality"

    def read(self, raw: object, where: str, reading: Reading) -> object:
        """The typed value; a refusal and UNKNOWN_VALUE where it does not fit."""
        read = ListOf(NATIONALITY, most=40).read(raw, where, reading)
        if not isinstance(read, tuple):
            return read
        days = [part["from"] for part in read if isinstance(part, Mapping) and "from" in part]
        known = [day for day in days if isinstance(day, date)]
        if known != sorted(known):
            reading.refuse(
                Refusal(
                    "dates_out_of_order",
                    "The dates do not rise from first to last.",
                    where,
                    "Put the most recent one last, or correct its date.",
                    ", ".join(day.isoformat() for day in known),
                    "the most recent last",
                )
            )
        return read


NATIONALITY = Record({"country": Country(), "from": Day()}, ("country",), kind="nationality")
WINDOW = Record({"from": Day(), "until": Day()}, kind="window")
OWNER = Record(
    {
        "organisation": Identifier(),
        "person": Identifier(),
        "share": Quantity("%", Decimal(0), Decimal(100)),
    },
    kind="owner",
)
AFFILIATION = Record(
    {
        "organisation": Identifier(),
        "from": Day(),
        "until": Day(),
        "role": OneOf(("employee", "officer", "student", "visitor", "funded")),
    },
    ("organisation",),
    kind="affiliation",
)
HIT = Record(
    {
        "list": Text(most=64),
        "party": Text(most=400),
        "state": OneOf(("open", "confirmed", "dismissed")),
        "all_items": Flag(),
    },
    ("list", "party", "state"),
    kind="hit",
)
STUDY = Record(
    {
        "level": OneOf(("taught_master", "research_master", "doctoral", "researcher")),
        "subject": Text(most=400),
        "listed": Flag(),
    },
    kind="study",
)
APPROVAL = Choice(
    Text(most=200),
    Record({"number": Text(most=200), "nationals": ListOf(Country())}, kind="approval"),
)
FUNDER = Record(
    {"organisation": Identifier(), "programme": Text(most=200), "call_date": Day()}, kind="funder"
)
ONWARD = Record({"organisation": Identifier(), "country": Country()}, kind="onward transfer")
