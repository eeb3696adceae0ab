"""A mapping of a document being read: typed values by key, every fault collected with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.engine.refusal import Refusal
from apps.engine.rows import Period
from apps.rulebook.domain.days import day_after, read_day
from apps.rulebook.domain.document import Document, Value, kind_of

_NOTHING: dict[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Block:
    """One mapping of a document. A reader that finds a fault notes a refusal and answers empty."""

    document: Document
    path: str
    data: dict[str, Value]
    refusals: list[Refusal] = field(repr=False)

    @classmethod
    def of(cls, document: Document, refusals: list[Refusal]) -> Block:
        """The whole document, which has to be a mapping."""
        if isinstance(document.data, dict):
            return cls(document, "", document.data, refusals)
        block = cls(document, "", _NOTHING, refusals)
        block.wrong_type("", document.data, "a mapping")
        return block

    # -- faults -------------------------------------------------------------------------------

    def refuse(
        self,
        code: str,
        what: str,
        *,
        key: str = "",
        found: str = "",
        valid: str = "",
        remedy: str = "",
    ) -> None:
        """Note a refusal at a key of this block."""
        where = self.where(key)
        self.refusals.append(
            Refusal(
                code=code,
                what=what,
                where=where,
                found=found[:80],
                valid=valid,
                remedy=remedy,
                file=self.document.file,
                line=self.document.line(where),
            )
        )

    def where(self, key: str) -> str:
        """The path of a key in the document."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def wrong_type(self, key: str, value: object, valid: str) -> None:
        """Note that a value is of another type than it may be."""
        found = str(value) if isinstance(value, str | bool | Decimal) else kind_of(value)
        self.refuse(
            "wrong_type",
            f"Here stands {kind_of(value)}, not {valid}.",
            key=key,
            found=found,
            valid=valid,
            remedy=f"Write {valid}.",
        )

    def only(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse keys that cannot stand here, and name those that are missing."""
        required = tuple(required)
        known = (*required, *optional)
        for key in self.data:
            if key not in known:
                valid = ", ".join(known)
                what = f"Nothing called {key} can stand here."
                remedy = f"Take it out, or use one of: {valid}."
                self.refuse("unknown_key", what, key=key, found=key, valid=valid, remedy=remedy)
        for key in required:
            if key not in self.data:
                what, remedy = f"{key} is missing here.", f"Add {key}."
                self.refuse("missing_key", what, key=key, valid=key, remedy=remedy)

    # -- values -------------------------------------------------------------------------------

    def text(self, key: str, *, choices: Sequence[str] = ()) -> str:
        """A text; empty when it is absent."""
        value = self.data.get(key, "")
        if isinstance(value, Decimal) and not choices:
            return str(value)
        if not isinstance(value, str):
            self.wrong_type(key, value, "text")
            return ""
        if choices and key in self.data and value not in choices:
            valid = ", ".join(choices)
            what = f"{key} cannot be {value[:40]}."
            remedy = f"Use one of: {valid}."
            self.refuse("unknown_value", what, key=key, found=value, valid=valid, remedy=remedy)
            return ""
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.wrong_type(key, value, "true or false")
            return default
        return value

    def count(self, key: str) -> int | None:
        """A whole number from 0 up, or None when it is absent."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, Decimal) or value < 0 or value != value.to_integral_value():
            self.wrong_type(key, value, "a whole number")
            return None
        return int(value)

    def day(self, key: str) -> date | None:
        """A day, or None when it is absent."""
        if key not in self.data:
            return None
        value = self.data[key]
        found = read_day(value) if isinstance(value, str) else None
        if found is None:
            shown = str(value) if isinstance(value, str | Decimal) else kind_of(value)
            remedy = "Write the day as year-month-day."
            what = "There is no such day."
            self.refuse(
                "impossible_date", what, key=key, found=shown, valid="2026-11-22", remedy=remedy
            )
        return found

    def period(self) -> Period:
        """From the first to the last day, both included; `until: open` has no end."""
        since = self.day("from")
        last = None if self.data.get("until") == "open" else self.day("until")
        if since is not None and last is not None and last < since:
            self.refuse(
                "ends_before_it_begins",
                "The last day lies before the first.",
                key="until",
                found=str(last),
            )
        return Period(since, day_after(last) if last is not None else None)

    def texts(self, key: str, *, alone: bool = False) -> tuple[str, ...]:
        """A list of texts; with `alone`, one text may stand without a list."""
        value = self.data.get(key, [])
        if alone and isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            self.wrong_type(key, value, "a list of texts")
            return ()
        for place, part in enumerate(value):
            if not isinstance(part, str):
                self.wrong_type(f"{key}[{place}]", part, "text")
        return tuple(part for part in value if isinstance(part, str))

    def block(self, key: str) -> Block:
        """The mapping under a key; empty when it is absent."""
        value = self.data.get(key, _NOTHING)
        if not isinstance(value, dict):
            self.wrong_type(key, value, "a mapping")
            value = _NOTHING
        return Block(self.document, self.where(key), value, self.refusals)

    def blocks(self, key: str) -> Iterator[Block]:
        """The mappings of the list under a key."""
        value = self.data.get(key, [])
        if not isinstance(value, list):
            self.wrong_type(key, value, "a list")
            value = []
        for place, part in enumerate(value):
            step = f"{key}[{place}]"
            if isinstance(part, dict):
                yield Block(self.document, self.where(step), part, self.refusals)
            else:
                self.wrong_type(step, part, "a mapping")
