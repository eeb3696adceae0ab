"""Paths of conditions: how a rule names a fact of the case or of the exposure, and how it is
looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from apps.engine.controls import Control, restricted_exception
from apps.engine.exposures import Exposure
from apps.engine.facts.registry import BY_BLOCK, MEASURE
from apps.engine.facts.spec import Block, FactSpec
from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Fields
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
DERIVED_ITEM: Final = (
    "entry",
    "paragraph",
    "for",
    "for_entry",
    "tsr",
    "sta",
    "group",
    "category",
    "eligible",
)
_ONLY_IF_SAID: Final = frozenset({"releases.meeting"})  # absent: it is not one
DERIVED: Final = ("country", "route", "recipient_kind")


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
    look-up.
    """

    text: str
    spec: FactSpec | None
    axes: frozenset[str]
    look: Look
    nationality: bool = False


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
        if mine and not known:
            return Found(UNKNOWN_FACT, text, (text,))
        best = next((fact for fact in known if fact.value is True), known[0] if known else NONE)
        return Found(best, text)

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
    if field in DERIVED_ITEM:
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
        and fact.value != "not_subject"
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
    axes = frozenset({axis} if axis else ())
    return Path(text, spec, axes, _party_look(word, field), bool(spec.legal_basis))


def _block(name: str) -> Block:
    return next(block for block in BY_BLOCK if block == name)


def _party_look(word: str, field: str) -> Look:
    def look(exposure: Exposure) -> Found:
        place, fields, missing = party(exposure, word)
        if missing:
            return Found(UNKNOWN_FACT, missing, (missing,))
        if fields is None or (f"{word}s.{field}" in _ONLY_IF_SAID and field not in fields):
            return Found(NONE, f"{place or word}.{field}")
        if field == "foreign_person" and field not in fields:
            return _foreign(exposure, fields, f"{place}.{field}")
        return _field(fields, field, f"{place}.{field}")

    return look


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
        block = "people" if exposure.giver in facts.people else "organisations"
        return f"{block}.{exposure.giver}", facts.block(block).get(exposure.giver), ""
    named = facts.activity.get("host") if word == "host" else exposure.recipient.get("employer")
    missing = "activity.host" if word == "host" else f"people.{exposure.who}.employer"
    if word == "employer" and not exposure.is_person:
        return "", None, ""
    if named is None:
        return "", None, missing
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
