"""Facts of papers: what is signed, by whom and until when."""

from __future__ import annotations

from typing import Final

from apps.engine.facts import shapes
from apps.engine.facts.spec import FactSpec
from apps.engine.facts.types import Day, Flag, Identifier, Text

WHY: Final = "A signed paper can be what makes a release lawful."
# What would authorise is held only where the facts name it, and never a question.
AUTHORISING: Final = ("approval", "certificate", "certification", "exemption", "licence")

SPECS: Final[tuple[FactSpec, ...]] = (
    FactSpec("papers", "kind", Text(most=64), "kind of paper", "Which paper is it?", WHY),
    FactSpec("papers", "by", Identifier(), "signed by", "Who signs it?", WHY),
    FactSpec(
        "papers",
        "about",
        shapes.ListOf(Identifier(), alone=True),
        "what it holds for",
        "For whom or what does it hold?",
        WHY,
    ),
    FactSpec(
        "papers", "signed", Flag(), "signed", "Is the paper signed that the law asks for?", WHY
    ),
    FactSpec("papers", "refused", Flag(), "refused", "Was it refused?", WHY, only_if_said=True),
    FactSpec("papers", "on", Day(), "date", "When was it signed?", WHY),
    FactSpec("papers", "until", Day(), "valid until", "Until when is it valid?", WHY),
)
