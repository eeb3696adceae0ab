"""The paragraphs an item may turn out to be under, where only the entry above them is known.

Rows that depend on the paragraph depend on it together: one paragraph is marked in this column, its
neighbour in that one. Each possible paragraph is a world of its own, and what holds in every
world is known although the paragraph is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from apps.engine.controls import FOR, PARAGRAPH, Control, applied_reasons
from apps.engine.law import Law
from apps.engine.truth import UNKNOWN

_MOST: Final = 60
_OTHER: Final = "other"  # a paragraph that no row of the table names


def worlds_of(law: Law, control: Control) -> tuple[Control, ...]:
    """The control under each paragraph that may be meant; the control alone if there is no doubt.

    An item whose own entry, or whose item it is for, is not known at all has no worlds.
    """
    key = ("worlds", control)
    if key not in law.memo:
        law.memo[key] = tuple(_worlds(law, control))
    return cast("tuple[Control, ...]", law.memo[key])


def _worlds(law: Law, control: Control) -> Iterable[Control]:
    parts = applied_reasons(law, control)
    doubts = {part.missing for part in parts if part.truth == UNKNOWN}
    if not doubts & {FOR, PARAGRAPH} or control.item is None:
        return [control]
    if FOR in doubts and control.made_for is None:
        return [control]
    own = _inside(law, control, control.paragraph or control.item) if PARAGRAPH in doubts else [""]
    other = _inside(law, control, control.made_for or "") if FOR in doubts else [""]
    if len(own) * len(other) > _MOST:
        return [control]
    return [
        replace(
            control,
            paragraph=paragraph or control.paragraph,
            made_for=made_for or control.made_for,
        )
        for paragraph in own
        for made_for in other
    ]


def _inside(law: Law, control: Control, wider: str) -> list[str]:
    """The paragraphs the table names inside a wider one, and one more that it does not name."""
    entries = {control.item or "", wider.split(".", maxsplit=1)[0]}
    rows = [row for entry in entries for row in law.tables.reasons.get((control.regime, entry), ())]
    named = {ref for row in rows for ref in (*row.refs, *row.excludes)}
    below = sorted(ref for ref in named if ref.startswith(f"{wider}."))
    return [*(ref for ref in below if ref not in control.excludes), f"{wider}.{_OTHER}"]
