"""What is not known and may decide a cell: the facts, why they are asked, and who says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from apps.engine.facts import spec_for
from apps.engine.outcomes import NEEDS_INFORMATION
from apps.engine.questions import missing_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apps.engine.answers import Determination, RegimeAnswer

OFFICE = "office"  # who settles a question, as the registry of facts says


@dataclass(frozen=True, slots=True)
class Missing:
    """One fact that is not known: the question for it, why it is asked, and of whom."""

    fact: str
    ask: str
    why: str
    office: bool


def missing_of(cell: RegimeAnswer) -> tuple[Missing, ...]:
    """What keeps a cell open, best first.

    Which answer would lead where is gone through only when somebody is about to ask: it takes the
    engine once for every answer.
    """
    if cell.outcome != NEEDS_INFORMATION:
        return ()
    return tuple(_missing(missing_in_order(cell.results)))


def for_the_office(found: Determination) -> tuple[Missing, ...]:
    """What only the office can say, over all cells, each fact once."""
    cells = (cell for exposure in found.exposures for cell in exposure.regimes)
    facts = {one.fact: one for cell in cells for one in missing_of(cell) if one.office}
    return tuple(facts.values())


def _missing(paths: Iterable[str]) -> Iterator[Missing]:
    for path in paths:
        if spec := spec_for(path):
            yield Missing(path, gettext(spec.ask), gettext(spec.why), spec.asked_of == OFFICE)
