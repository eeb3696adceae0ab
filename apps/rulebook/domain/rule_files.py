"""Rules as written: the shape of a rules file (formats, section 4), before the engine reads it."""

from __future__ import annotations

import re

from apps.engine.refusal import Refusal
from apps.engine.rows import RuleRow
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document
from apps.rulebook.domain.sources import read_source

STAGES = (
    "jurisdiction",
    "technology",
    "act",
    "person",
    "requirements",
    "authorisations",
    "recognition",
    "policy",
)
DATED_STAGES = ("recognition", "policy")  # what the institution agreed or decided: it must end
NEEDED = ("id", "title", "stage", "when", "source", "because", "from", "until", "owner")
OPTIONAL = (
    "outcome",
    "kind",
    "overcomes",
    "conditions",
    "demands",
    "reach",
    "preference",
    "possible",
    "lever",
    "reads_nationality",
    "review_by",
    "examples",
)
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9_]+)*", re.ASCII)


def read_rules(document: Document, refusals: list[Refusal]) -> tuple[RuleRow, ...]:
    """The rules of a file. What their conditions mean is the engine's to check."""
    top = Block.of(document, refusals)
    top.only(("format", "pack", "regime", "rules"))
    top.text("format", choices=("rules/1",))
    pack, regime = top.text("pack"), top.text("regime")
    return tuple(_rule(block, pack=pack, regime=regime) for block in top.blocks("rules"))


def _rule(block: Block, *, pack: str, regime: str) -> RuleRow:
    block.only(NEEDED, OPTIONAL)
    name = block.text("id")
    if not _ID.fullmatch(name):
        valid = "lower case, with dots: us-ear.exceptions.tsr"
        block.refuse("rule_id", "This is not the id of a rule.", key="id", found=name, valid=valid)
    block.text("stage", choices=STAGES)
    block.block("when")
    if "source" in block.data:
        read_source(block.block("source"))
    _end(block)
    return RuleRow(
        id=name,
        pack=pack,
        regime=regime,
        document=block.data,
        period=block.period(),
        file=block.document.file,
        line=block.document.line(block.path),
    )


def _end(block: Block) -> None:
    """Law may stand open if it says when it is reviewed; everything else has a last day."""
    review = block.day("review_by")
    if block.data.get("until") != "open":
        return
    if block.data.get("stage") in DATED_STAGES:
        what = "An agreement or a rule of the institution cannot stand open."
        block.refuse(
            "end_needed",
            what,
            key="until",
            found="open",
            valid="a day",
            remedy="Give its last day.",
        )
    elif review is None:
        what = "Law that stands open says by when it is reviewed."
        block.refuse("review_needed", what, key="review_by", valid="a day", remedy="Add review_by.")
