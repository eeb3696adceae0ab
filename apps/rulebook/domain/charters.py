"""What each office is for: `charters.yaml` into charter rows."""

from __future__ import annotations

from collections.abc import Mapping

from apps.engine.refusal import Refusal
from apps.engine.rows import CharterRow, Source
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document

_NAMES = ("kinds", "units", "facilities", "regimes", "areas", "tiers")
_NEEDED = ("office", "from", "until", "source")


def read_charters(
    document: Document, *, sources: Mapping[str, Source], refusals: list[Refusal]
) -> tuple[CharterRow, ...]:
    """The charters of a file. A charter is the institution's own rule, so it needs a last day."""
    top = Block.of(document, refusals)
    top.only(("format", "charters"))
    top.text("format", choices=("charters/1",))
    return tuple(_charter(block, sources) for block in top.blocks("charters"))


def _charter(block: Block, sources: Mapping[str, Source]) -> CharterRow:
    block.only(_NEEDED, ("desk", "catch_all", *_NAMES))
    source = block.text("source", choices=tuple(sources))
    if block.data.get("until") == "open":
        what = "A charter is the institution's own rule: it cannot stand open."
        block.refuse(
            "end_needed",
            what,
            key="until",
            found="open",
            valid="a day",
            remedy="Give its last day.",
        )
    kinds, units, facilities, regimes, areas, tiers = (block.texts(name) for name in _NAMES)
    return CharterRow(
        office=block.text("office"),
        desk=block.text("desk"),
        kinds=kinds,
        units=units,
        facilities=facilities,
        regimes=regimes,
        areas=areas,
        tiers=tiers,
        catch_all=block.flag("catch_all"),
        period=block.period(),
        source=sources.get(source, Source("", "")),
    )
