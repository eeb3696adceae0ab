"""Paths of conditions that follow from an item's classification, the list and its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apps.engine.conditions.found import Found
from apps.engine.controls import (
    FREE,
    Control,
    Restricted,
    is_entry,
    may_be_more,
    restricted_exception,
    strategic_exception,
)
from apps.engine.exposures import Exposure
from apps.engine.facts.shapes import Entry, ListOf
from apps.engine.facts.tree import UNKNOWN_FACT, Fact, Fields
from apps.engine.facts.types import FactType, OneOf, Text, Unknown
from apps.engine.law import NOT_ENTRIES

YES_NO: Final = OneOf(("yes", "no"))
ITEM_WORDS: Final[Mapping[str, FactType]] = {
    "entry": Entry(),
    "paragraph": Entry(),
    "for": Entry(),
    "for_entry": Entry(),
    "series": Text(),
    "tsr": OneOf(("yes", "no", "does_not_apply")),
    "sta": Text(),
    "sta_a5": YES_NO,  # whether the entry leaves STA open to Country Group A:5, and to A:6
    "sta_a6": YES_NO,
    "group": Text(),
    "category": Text(),
    "eligible": ListOf(Text()),
    "opens": YES_NO,  # opens.NAME: a classifier finds the entry open to that exception
    "elsewhere": YES_NO,  # it has an entry under another regime of the same country
}


def control_of(exposure: Exposure, regime: str) -> Control:
    """What the facts say of the exposure's item under a regime.

    An item with an entry under another regime of the same country is not subject to this one
    unless it says otherwise (formats, section 2): regimes of one country share the letters before
    the hyphen.
    """
    key = ("control", regime, exposure.what)
    found: Control | None = exposure.shared.get(key)
    if found is None:
        found = exposure.shared[key] = _control(exposure.item, regime)
    return found


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
        excludes=tuple(part for part in _named(excludes) or () if not isinstance(part, Unknown)),
        reasons=_named(reasons),
        eligible=_named(eligible),
    )


def _named(value: object) -> tuple[str | Unknown, ...] | None:
    """The members of a list, those that are not known too; None where the list is not known."""
    if not isinstance(value, tuple):
        return None
    return tuple(part if isinstance(part, Unknown) else str(part) for part in value)


def _entered_elsewhere(item: Fields, regime: str) -> bool:
    family = regime.split("-", maxsplit=1)[0]
    return any(
        key.startswith(f"control.{family}-")
        and key.endswith(".item")
        and not key.startswith(f"control.{regime}.")
        and fact.value not in FREE
        for key, fact in item.items()
    )


def item_table(exposure: Exposure, field: str, regime: str) -> Found:
    """What an entry and the list say of the exposure's item, by one of the words of ITEM_WORDS."""
    word, _, exception = field.partition(".")
    if word == "opens":
        return _opens(exposure, exception, regime)
    if word == "elsewhere":
        return _elsewhere(exposure, regime)
    control = control_of(exposure, regime)
    path = f"items.{exposure.what}.control.{regime}.item"
    own: dict[str, object] = {
        "entry": control.item,
        "paragraph": control.paragraph,
        "for": control.made_for,
        "for_entry": control.made_for and control.made_for.split(".")[0],
        "eligible": control.eligible,
        "series": control.item and _series(control.item),
    }
    if field in own:
        asked = {"entry": "item", "series": "item", "for_entry": "for"}.get(field, field)
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
        return _by_entry(exposure, control, path, restricted_exception(exposure.law, control))
    if field in ("sta_a5", "sta_a6"):
        answer = strategic_exception(exposure.law, control, field.removeprefix("sta_").upper())
        return _by_entry(exposure, control, path, answer)
    row = exposure.law.tables.items.get((regime, control.item))
    if row is None:
        return Found(UNKNOWN_FACT, path, (), unsettled=control.item not in NOT_ENTRIES)
    return Found(Fact(getattr(row, field), row.source.read), path)


def _by_entry(exposure: Exposure, control: Control, path: str, answer: Restricted) -> Found:
    if answer.word is not None:
        row = exposure.law.tables.items.get((control.regime, str(control.item)))
        return Found(Fact(answer.word, row.source.read if row else ""), path)
    if not answer.missing:
        return Found(UNKNOWN_FACT, path, (), unsettled=True)
    return Found(
        UNKNOWN_FACT, path, (f"items.{exposure.what}.control.{control.regime}.{answer.missing}",)
    )


def _series(entry: str) -> str:
    """The third character of an entry, by which lists number kinds of control; empty for a word."""
    return entry[2:3] if is_entry(entry) and entry[:1].isdigit() and entry[2:3].isdigit() else ""


def _opens(exposure: Exposure, exception: str, regime: str) -> Found:
    """Whether a classifier finds the entry open to an exception; without a reading nobody knows.

    For exceptions that hang on a table or paragraph which the edition does not hold: that is law
    not known, and no question to who asks.
    """
    path = f"items.{exposure.what}.control.{regime}.eligible"
    eligible = control_of(exposure, regime).eligible
    if eligible is not None and exception in eligible:
        return Found(Fact("yes"), path)
    if may_be_more(eligible):
        return Found(UNKNOWN_FACT, path, (), unsettled=True)
    return Found(Fact("no"), path)


def _elsewhere(exposure: Exposure, regime: str) -> Found:
    path = f"items.{exposure.what}.control"
    return Found(Fact("yes" if _entered_elsewhere(exposure.item, regime) else "no"), path)
