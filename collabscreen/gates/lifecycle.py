"""The life of a case as a picture, drawn from the table that is the law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from apps.engine.lifecycle import FINAL, PUBLIC_NAMES, TABLE, Status
from collabscreen.env import BASE_DIR

PICTURE = BASE_DIR / "collabscreen" / "lifecycle.md"
HEAD = """# The life of a case

Drawn from `apps/engine/lifecycle.py` by `python3 manage.py lifecycle`; a gate keeps them in step.

```mermaid
stateDiagram-v2
"""


def draw() -> str:
    """The picture as Mermaid text; what stays where it is, is left out."""
    arrows: dict[tuple[Status, Status], list[str]] = {}
    for move in TABLE:
        for target in move.targets:
            if target != move.source:
                arrows.setdefault((move.source, target), []).append(move.verb.value)
    lines = [f"    {status.value} : {PUBLIC_NAMES[status]}" for status in Status]
    lines.append(f"    [*] --> {Status.DRAFT.value}")
    for (source, target), verbs in arrows.items():
        lines.append(f"    {source.value} --> {target.value} : {', '.join(dict.fromkeys(verbs))}")
    lines += [f"    {status.value} --> [*]" for status in Status if status in FINAL]
    return HEAD + "\n".join(lines) + "\n```\n"


def faults(picture: Path = PICTURE) -> Iterator[str]:
    """What is wrong with the table or its picture."""
    leaving = {move.source for move in TABLE}
    reached = {target for move in TABLE for target in move.targets} | {Status.DRAFT}
    for status in Status:
        if status not in reached:
            yield f"{status.value}: no move leads there"
        if (status in FINAL) == (status in leaving):
            yield f"{status.value}: final and left, or neither final nor left"
    if not picture.exists() or picture.read_text(encoding="utf-8") != draw():
        yield f"{picture.name} is out of step; run: python3 manage.py lifecycle"
