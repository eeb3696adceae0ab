"""What a determination says of each exposure under each regime, as one flat list of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from apps.engine.outcomes import rank
from apps.portal.parts.missing import missing_of

if TYPE_CHECKING:
    from apps.engine.answers import Determination, ExposureAnswer, RegimeAnswer


@dataclass(frozen=True, slots=True)
class Exposed:
    """One recipient, one technology, one regime: the outcome and, in a few words, why."""

    key: str
    release: str
    who: str
    what: str
    regime: str
    outcome: str
    kind: str = "licence"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The cell whose proof is shown."""

    exposure: ExposureAnswer
    answer: RegimeAnswer


def exposed_of(found: Determination) -> tuple[Exposed, ...]:
    """Every cell of a determination, in its order."""
    return tuple(
        Exposed(
            one.key,
            one.release,
            one.who,
            one.what,
            cell.regime,
            cell.outcome,
            cell.kind,
            note_of(cell),
        )
        for one in found.exposures
        for cell in one.regimes
    )


def note_of(cell: RegimeAnswer) -> str:
    """Why, in a few words: what is open, or the place in the law that decided."""
    if missing := missing_of(cell):
        return missing[0].ask
    if conditions := cell.conditions:
        many = ngettext("%(n)d condition", "%(n)d conditions", len(conditions))
        return many % {"n": len(conditions)}
    if cell.outcome == "undetermined":
        return gettext("law or table not known to this edition")
    by = cell.conclusion.verdict.by
    return (
        cell.results.program.ready[by].rule.citation if by >= 0 else gettext("nothing asks for it")
    )


def opened_of(found: Determination, *, key: str, regime: str) -> Opened:
    """The cell that was asked for, or the one that leads: the strictest, open ones before those."""
    cells = [Opened(one, cell) for one in found.exposures for cell in one.regimes]
    wanted = [one for one in cells if one.exposure.key == key and regime in ("", one.answer.regime)]
    of_regime = [one for one in cells if one.answer.regime == regime]
    return next(iter(wanted), None) or max(of_regime or cells, key=_leading)


def _leading(cell: Opened) -> tuple[bool, int]:
    order = rank(cell.answer.outcome)
    return order < 0, order
