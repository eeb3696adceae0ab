"""The codes an answer may use: countries and control entries the edition in force knows."""

from __future__ import annotations

from datetime import date
from typing import Final

from apps.engine.facts import Vocabulary
from apps.engine.refusal import Refusal
from apps.rulebook.domain.editions import in_force

NOTHING_KNOWN: Final = Vocabulary()


def vocabulary_on(on: date) -> Vocabulary:
    """The codes known on a day; where no edition is loaded, only their form can be checked."""
    try:
        return in_force(on).vocabulary
    except Refusal as refusal:
        if refusal.code == "no_edition":
            return NOTHING_KNOWN
        raise
