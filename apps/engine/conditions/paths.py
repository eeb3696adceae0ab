"""Paths of conditions: how a rule names a fact of the case or of the exposure, and how it is
looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from apps.engine.controls import FREE, Control, restricted_exception
from apps.engine.exposures import ABROAD, DEEMED, Exposure
from apps.engine.facts.registry import BY_BLOCK, MEASURE
from apps.engine.facts.shapes import Entry, ListOf
from apps.engine.facts.spec import Block, FactSpec
from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Fields
from apps.engine.facts.types import Country, FactType, OneOf, Text
from apps.engine.law import NOT_ENTRIES

NONE = Fact(None)  # known that there is none

# What an exposure's word leads to: (block of facts, which of the exposure's axes it hangs on).
_WORDS: Final = {
    "item": ("items", "what"),
    "person": ("people", "who"),
    "organisation": ("organisations", "who"),
    "recipient": ("people", "who"),
    "employer": ("organisations", "who"),
    "host": ("organisations", ""),
    "giver": ("organisations", "release"),
    "release": ("releases", "release"),
}
ROUTE_PATTERNS: Final = frozenset({"releases.*.where", "organisations.*.country"})
COUNTRY_PATTERNS: Final = ROUTE_PATTERNS | {
    "people.*.citizenships",
    "people.*.permanent_residencies",
}
ENTRY_PATTERNS: Final = frozenset(
    f"items.*.control.{name}"
    for name in ("item", "paragraph", "for", "excludes", "reasons", "eligible")
)
_DERIVED_ITEM: Final[Mapping[str, FactType]] = {
    "entry": Entry(),
    "paragraph": Entry(),
    "for": Entry(),
    "for_entry": Entry(),
    "tsr": OneOf(("yes", "no", "does_not_apply")),
    "sta": Text(),
    "group": Text(),
    "category": Text(),
    "eligible": ListOf(Text()),
}
_DERIVED: Final[Mapping[str, FactType]] = {
    "country": Country(),
    "route": OneOf((DEEMED, ABROAD)),
    "recipient_kind": OneOf(("person", "organisation")),
}
_FOREIGN: Final = "foreign_person"
_ONLY_IF_SAID: Final = frozenset({"releases.meeting"})  # absent: it is not one


@dataclass(frozen=True, slots=True)
class Found:
    """A looked-up fact, its full path, and the paths to be known where it is not."""

    fact: Fact
    path: str
    missing: tuple[str, ...] = ()
    unsettled: bool = False


Look = Callable[[Exposure], Found]


@dataclass(frozen=True, slots=True)
class Path:
    """A compiled path: its text, the fact it reads, the axes of an exposure it depends on, and its
    look-up. `spec` None: nobody tells it, it follows from facts and tables.
    """

    text: str
    spec: FactSpec | None
    axes: frozenset[str]
    look: Look
    nationality: bool = False

    @property
    def patterns(self) -> frozenset[str]:
        """The patterns of the facts that tell it: `people.*.citizenships`."""
        if self.spec is not None:
            return frozenset({self.spec.pattern})
        if self.text.startswith("exposure.item."):
            return ENTRY_PATTERNS
        return {"exposure.country": COUNTRY_PATTERNS, "exposure.route": ROUTE_PATTERNS}.get(
            self.text, frozenset()
        )

    @property
    def type(self) -> FactType:
        """The type of its value."""
        if self.spec is not None:
            return self.spec.type
        return {**_DERIVED, **_DERIVED_ITEM}[self.text.rpartition(".")[2]]


def compile_path(text: str, *, regime: str) -> Path | None:
    """The compiled path, or None if there is no such fact."""
    root, _, rest = text.partition(".")
    if root == "activity":
        return _of_activity(text, rest)
    if root == "papers" and rest.count(".") == 1:
        return _of_papers(text, *rest.split("."))
    if root != "exposure":
        return None
    word, _, field = rest.partition(".")
    if not field:
        return _derived(text, word)
    if word not in _WORDS:
        return None
    if word == "item":
        return _of_item(text, field, regime)
    return _of_party(text, word, field)


def _of_activity(text: str, field: str) -> Path | None:
    spec = BY_BLOCK["activity"].get(field)
    if spec is None:
        return None
    return Path(
        text, spec, frozenset(), lambda exposure: _field(exposure.facts.activity, field, text)
    )


def _of_papers(text: str, kind: str, field: str) -> Path | None:
    spec = BY_BLOCK["papers"].get(field)
    if spec is None:
        return None

    def look(exposure: Exposure) -> Found:
        papers = exposure.papers(exposure.law.on)
        if papers is None:
            return Found(UNKNOWN_FACT, text, (text,))
        mine = [paper for paper in papers if paper["kind"].value == kind]
        known = [paper[field] for paper in mine if field in paper]
        signed = next((fact for fact in known if fact.value is True), None)
        if signed is None and len(known) < len(mine):  # one of them may turn out to be
            return Found(UNKNOWN_FACT, text, (text,))
        return Found(signed or (known[0] if known else NONE), text)

    return Path(text, spec, frozenset({"who", "what", "release"}), look)


def _derived(text: str, word: str) -> Path | None:
    if word == "country":
        return Path(
            text,
            None,
            frozenset({"who", "release"}),
            lambda exposure: _country(exposure, text),
            nationality=True,
        )
    if word == "route":
        return Path(text, None, frozenset({"release"}), lambda exposure: _route(exposure, text))
    if word == "recipient_kind":
        return Path(
            text,
            None,
            frozenset({"who"}),
            lambda exposure: Found(Fact("person" if exposure.is_person else "organisation"), text),
        )
    return None


def _country(exposure: Exposure, text: str) -> Found:
    found = exposure.country()
    if found.missing or found.any_country:
        return Found(UNKNOWN_FACT, text, found.missing)
    if found.stateless:
        return Found(UNKNOWN_FACT, text, (), unsettled=True)
    return Found(Fact(found.countries[0]), text)


def _route(exposure: Exposure, text: str) -> Found:
    route, missing = exposure.route()
    return Found(UNKNOWN_FACT, text, missing) if route is None else Found(Fact(route), text)


def _of_item(text: str, field: str, regime: str) -> Path | None:
    axes = frozenset({"what"})
    if field in _DERIVED_ITEM:
        return Path(text, None, axes, lambda exposure: _item_table(exposure, field, regime))
    spec = MEASURE if field.startswith("measures.") else BY_BLOCK["items"].get(field)
    if spec is None or field.startswith("control."):
        return None
    return Path(
        text,
        spec,
        axes,
        lambda exposure: _field(exposure.item, field, f"items.{exposure.what}.{field}"),
    )


def control_of(exposure: Exposure, regime: str) -> Control:
    """What the facts say of the exposure's item under a regime.

    An item with an entry under another regime of the same country is not subject to this one
    unless it says otherwise (formats, section 2): regimes of one country share the letters before
    the hyphen.
    """
    key = f"control {regime}"
    if key not in exposure.memo:
        exposure.memo[key] = _control(exposure.item, regime)
    return cast("Control", exposure.memo[key])


def _control(item: Fields, regime: str) -> Control:
    def value(name: str) -> object:
        return item.get(f"control.{regime}.{name}", UNKNOWN_FACT).value

    entry = value("item")
    if not isinstance(entry, str):
        entry = "not_subject" if _entered_elsewhere(item, regime) else None
    paragraph, made_for = value("paragraph"), value("for")
    excludes, reasons, eligible = value("excludes"), value("reasons"), value("eligible")
    return Control(
        regime=regime,
        item=entry,
        paragraph=paragraph if isinstance(paragraph, str) else None,
        made_for=made_for if isinstance(made_for, str) else None,
        excludes=tuple(map(str, excludes)) if isinstance(excludes, tuple) else (),
        reasons=tuple(map(str, reasons)) if isinstance(reasons, tuple) else None,
        eligible=tuple(map(str, eligible)) if isinstance(eligible, tuple) else None,
    )


def _entered_elsewhere(item: Fields, regime: str) -> bool:
    family = regime.split("-", maxsplit=1)[0]
    return any(
        key.startswith(f"control.{family}-")
        and key.endswith(".item")
        and not key.startswith(f"control.{regime}.")
        and fact.value not in FREE
        for key, fact in item.items()
    )


def _item_table(exposure: Exposure, field: str, regime: str) -> Found:
    control = control_of(exposure, regime)
    path = f"items.{exposure.what}.control.{regime}.item"
    own: dict[str, object] = {
        "entry": control.item,
        "paragraph": control.paragraph,
        "for": control.made_for,
        "for_entry": control.made_for and control.made_for.split(".")[0],
        "eligible": control.eligible,
    }
    if field in own:
        asked = {"entry": "item", "for_entry": "for"}.get(field, field)
        missing = f"items.{exposure.what}.control.{regime}.{asked}"
        known = own[field]
        return (
            Found(Fact(known), missing)
            if known is not None
            else Found(UNKNOWN_FACT, missing, (missing,))
        )
    if control.item is None or control.item == "listed":
        return Found(UNKNOWN_FACT, path, (path,))
    if field == "tsr":
        return _tsr(exposure, control, path)
    row = exposure.law.tables.items.get((regime, control.item))
    if row is None:
        return Found(UNKNOWN_FACT, path, (), unsettled=control.item not in NOT_ENTRIES)
    return Found(Fact(getattr(row, field), row.source.read), path)


def _tsr(exposure: Exposure, control: Control, path: str) -> Found:
    answer = restricted_exception(exposure.law, control)
    if answer.word is not None:
        row = exposure.law.tables.items.get((control.regime, str(control.item)))
        return Found(Fact(answer.word, row.source.read if row else ""), path)
    if not answer.missing:
        return Found(UNKNOWN_FACT, path, (), unsettled=True)
    return Found(
        UNKNOWN_FACT, path, (f"items.{exposure.what}.control.{control.regime}.{answer.missing}",)
    )


def _of_party(text: str, word: str, field: str) -> Path | None:
    block, axis = _WORDS[word]
    blocks: tuple[Block, ...] = (
        ("people", "organisations") if word in ("recipient", "giver") else (_block(block),)
    )
    spec = next((BY_BLOCK[name][field] for name in blocks if field in BY_BLOCK[name]), None)
    if spec is None:
        return None
    axes = {axis} - {""}
    if field == _FOREIGN:  # by the country of the giver, which hangs on the release
        axes.add("release")
    return Path(text, spec, frozenset(axes), _party_look(word, field), bool(spec.legal_basis))


def _block(name: str) -> Block:
    return next(block for block in BY_BLOCK if block == name)


def _party_look(word: str, field: str) -> Look:
    def look(exposure: Exposure) -> Found:
        place, fields, missing = party(exposure, word)
        if missing:
            return Found(UNKNOWN_FACT, missing, (missing,))
        if fields is None or _is_none(place, field, fields):
            return Found(NONE, f"{place or word}.{field}")
        if field == _FOREIGN and field not in fields:
            return _foreign(exposure, fields, f"{place}.{field}")
        return _field(fields, field, f"{place}.{field}")

    return look


def _is_none(place: str, field: str, fields: Fields) -> bool:
    """Whether such a party can have no such fact, or has it only if somebody says so."""
    block = place.partition(".")[0]
    only_if_said = f"{block}.{field}" in _ONLY_IF_SAID and field not in fields
    return only_if_said or field not in BY_BLOCK[_block(block)]


def party(exposure: Exposure, word: str) -> tuple[str, Fields | None, str]:
    """Where a party's facts stand: its path, its fields (None: there is no such party), the
    missing path.
    """
    facts = exposure.facts
    if word == "release":
        return f"releases.{exposure.release}", exposure.release_fields, ""
    if word == "recipient":
        return f"{exposure.recipient_block}.{exposure.who}", exposure.recipient, ""
    if word in ("person", "organisation"):
        mine = exposure.is_person == (word == "person")
        return (
            f"{exposure.recipient_block}.{exposure.who}",
            exposure.recipient if mine else None,
            "",
        )
    if word == "giver":
        if not exposure.giver:
            return "", None, f"releases.{exposure.release}.from"
        block = "people" if exposure.giver in facts.people else "organisations"
        return f"{block}.{exposure.giver}", facts.block(block).get(exposure.giver), ""
    named = facts.activity.get("host") if word == "host" else exposure.recipient.get("employer")
    missing = "activity.host" if word == "host" else f"people.{exposure.who}.employer"
    if word == "employer" and not exposure.is_person:
        return "", None, ""
    if named is None or named.value is None:
        return "", None, missing if named is None else ""
    return f"organisations.{named.value}", facts.organisations.get(str(named.value)), ""


def _foreign(exposure: Exposure, fields: Fields, path: str) -> Found:
    """An organisation not said to be foreign or not is so by its country (formats, section 2)."""
    country, home = (
        fields.get("country"),
        exposure.facts.organisations.get(exposure.giver, {}).get("country"),
    )
    if country is None or home is None:
        return Found(UNKNOWN_FACT, path, (path,))
    return Found(Fact(country.value != home.value, "by its country"), path)


def _field(fields: Fields, name: str, path: str) -> Found:
    fact = fields.get(name)
    return Found(fact, path) if fact is not None else Found(UNKNOWN_FACT, path, (path,))
