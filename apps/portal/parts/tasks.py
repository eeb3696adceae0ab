"""Conditions as tasks: what, why, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from apps.portal.parts.names import day_words, value_words

if TYPE_CHECKING:
    from apps.cases.models import Condition
    from apps.engine.answers import Determination

DUE: Mapping[str, str] = {"before_release": _("Before the first release")}


@dataclass(frozen=True, slots=True)
class Task:
    """One condition; `icon` and `tone` say whether it waits or is done."""

    text: str
    about: str
    due: str
    citation: str
    icon: str
    tone: str


def tasks_set(conditions: Iterable[Condition]) -> tuple[Task, ...]:
    """The conditions of an approval, open and met."""
    return tuple(_set(one) for one in conditions)


def tasks_likely(found: Determination) -> tuple[Task, ...]:
    """What the law would ask before a release, as far as the answer goes now; each once."""
    terms = {
        str(term["id"]): term
        for exposure in found.exposures
        for cell in exposure.regimes
        for term in cell.conditions
    }
    return tuple(
        Task(str(term["text"]), "", _due(str(term["due"])), str(term["citation"]), "clock", "mut")
        for term in terms.values()
    )


def _set(row: Condition) -> Task:
    if row.met_at is not None and row.met_by is not None:
        about = gettext("%(evidence)s Found met by %(who)s.") % {
            "evidence": row.evidence,
            "who": row.met_by.display_name,
        }
        done = gettext("Met on %(day)s") % {"day": day_words(row.met_at.date())}
        return Task(row.text, about, done, row.citation, "ring", "pos")
    return Task(row.text, "", _due(row.due), row.citation, "hand", "warn")


def _due(word: str) -> str:
    return gettext(DUE[word]) if word in DUE else value_words(word) if word else ""
