"""What people, organisations, technologies and facts are called on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from apps.engine.facts.registry import spec_for

_NAMED_BY: Mapping[str, str] = {"people": "name", "organisations": "name", "items": "title"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL_ENTRY = "item"
#: What the engine works out for an exposure, and what it looks up in the tables of an edition.
DERIVED: Mapping[str, str] = {
    "exposure.country": gettext_noop("the country that counts"),
    "exposure.route": gettext_noop("the way it goes"),
}
LOOKED_UP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"chart (?P<cell>.+)"), gettext_noop("mark in the country chart, %(cell)s")),
    (re.compile(r"destinations (?P<name>.+)"), gettext_noop("destination rule %(name)s")),
    (re.compile(r"thresholds (?P<name>.+)"), gettext_noop("threshold %(name)s")),
    (re.compile(r"items\.[^.]+\.control\.(?P<name>[^.]+)"), gettext_noop("entry under %(name)s")),
    (re.compile(r"(?P<group>\w+:\S+) (?P<land>[A-Z]{2})"), gettext_noop("%(land)s in %(group)s")),
)


@dataclass(frozen=True)
class Names:
    """Labels for the ids of one case; an id nobody named stands for itself."""

    labels: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        """The name of a person, organisation, technology or release."""
        return self.labels.get(key, key)

    def below(self, key: str) -> str:
        """The smaller line under a name: the home organisation, the control entry."""
        return self.under.get(key, "")


def names_in(facts: Mapping[str, Any]) -> Names:
    """The names that a facts document gives to its own ids."""
    labels: dict[str, str] = {}
    for block, named_by in _NAMED_BY.items():
        for key, fields in facts.get(block, {}).items():
            if isinstance(name := plain(fields.get(named_by)), str):
                labels[key] = name
    under = {
        key: labels.get(employer, employer)
        for key, fields in facts.get("people", {}).items()
        if isinstance(employer := plain(fields.get("employer")), str)
    }
    for key, fields in facts.get("items", {}).items():
        under[key] = _entries(fields.get("control", {}))
    return Names(labels, under)


def plain(value: object) -> object:
    """A value without its source and date."""
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _entries(control: object) -> str:
    if not isinstance(control, Mapping):
        return gettext("not classified")
    entries = [
        str(plain(part.get(_CONTROL_ENTRY))) for part in control.values() if _CONTROL_ENTRY in part
    ]
    return " · ".join(sorted(set(entries))) or gettext("not classified")


def fact_label(path: str) -> str:
    """What a fact or a look-up is called; the registry's word for it, or the path itself."""
    if spec := spec_for(path):
        return gettext(spec.label)
    if path in DERIVED:
        return gettext(DERIVED[path])
    for pattern, words in LOOKED_UP:
        if found := pattern.fullmatch(path):
            return gettext(words) % found.groupdict()
    return path


def is_answer(path: str) -> bool:
    """Whether a fact is one that people answer, not one that a table was asked for."""
    return spec_for(path) is not None


def value_words(value: object) -> str:
    """A fact's value as people read it."""
    value = plain(value)
    if value is None or value == "unknown":
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping) and {"party", "list", "state"} <= value.keys():
        return gettext("%(party)s on %(list)s (%(state)s)") % value
    if isinstance(value, Mapping):
        return ", ".join(value_words(part) for part in value.values() if part not in (None, ""))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_words(part) for part in value) or gettext("none")
    return _text_words(str(value))


def _text_words(text: str) -> str:
    if _DAY.fullmatch(text) and (day := parse_date(text)):
        return day_words(day)
    return text.replace("_", " ") if text.islower() else text


def day_words(day: date) -> str:
    """A date as this house writes it: 23 November 2026."""
    return str(date_format(day, "j F Y"))
