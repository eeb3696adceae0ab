"""Where rows were read: `sources.yaml` by id, and the `source` block of rules and charters."""

from __future__ import annotations

from collections.abc import Mapping

from apps.engine.refusal import Refusal
from apps.engine.rows import Source
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document

CONFIDENCES = ("verified", "parsed", "derived", "high", "medium", "memory", "unverified")


def read_sources(document: Document, refusals: list[Refusal]) -> Mapping[str, Source]:
    """Sources by id."""
    top = Block.of(document, refusals)
    top.only(("format", "sources"))
    top.text("format", choices=("sources/1",))
    listed = top.block("sources")
    return {key: read_source(listed.block(key)) for key in listed.data}


def read_source(block: Block) -> Source:
    """One source: citation, what was read and as of when, how sure that is."""
    block.only(("citation", "read", "confidence"), ("as_of", "note"))
    block.day("as_of")
    return Source(
        citation=block.text("citation"),
        read=block.text("read"),
        as_of=block.text("as_of"),
        confidence=block.text("confidence", choices=CONFIDENCES),
        note=block.text("note"),
    )
