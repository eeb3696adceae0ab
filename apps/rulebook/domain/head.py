"""Which edition the files of a folder make: its id, and the first day on which it decides."""

from __future__ import annotations

import re
from datetime import date

from apps.engine.refusal import Refusal
from apps.rulebook.domain.block import Block
from apps.rulebook.domain.document import Document

EDITION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def read_head(document: Document, refusals: list[Refusal]) -> tuple[str, date]:
    """Id and first day from `edition.yaml`."""
    top = Block.of(document, refusals)
    top.only(("format", "id", "from"))
    top.text("format", choices=("edition/1",))
    name = top.text("id")
    if not EDITION_ID.fullmatch(name):
        what = "This is not the id of an edition."
        top.refuse("edition_id", what, key="id", found=name, valid="2026-11-a")
    return name, top.day("from") or date.min
