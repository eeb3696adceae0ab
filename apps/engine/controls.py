"""Which reasons for control apply to an item: entry, paragraph and the item it is for, against the
table.

A row of the table covers the entire entry or some paragraphs, may leave others out, and may need a
person's reading. A classifier's own reading (`reasons`) settles what the table leaves open, and a
reason it names counts. Source: 15 CFR 738.2(d), 774 Supp. 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from apps.engine.facts.types import UNKNOWN_VALUE, Unknown
from apps.engine.law import NOT_ENTRIES, Law
from apps.engine.rows import Period, ReasonRow, Source
from apps.engine.truth import FALSE, NEGATED, TRUE, UNKNOWN, UNSETTLED, conjunction, disjunction

ITEM, PARAGRAPH, FOR, REASONS, ELIGIBLE = "item", "paragraph", "for", "reasons", "eligible"
FREE = frozenset({"not_listed", "not_subject"})


@dataclass(frozen=True, slots=True)
class Control:
    """What the facts say of an item under one regime; None and () are not known.

    A list with an unknown member names some, and says that there may be more.
    """

    regime: str
    item: str | None = None
    paragraph: str | None = None
    made_for: str | None = None
    excludes: tuple[str, ...] = ()
    reasons: tuple[str | Unknown, ...] | None = None
    eligible: tuple[str | Unknown, ...] | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A row with whether it applies, and the control fact that is missing where that is unknown."""

    row: ReasonRow
    truth: int
    missing: str = ""


def applied_reasons(law: Law, control: Control) -> tuple[Applied, ...]:
    """Every reason row of the item with its truth; an item whose entry is unknown has one unknown
    row.
    """
    key = ("reasons", control)
    if key not in law.memo:
        law.memo[key] = tuple(_applied(law, control))
    return cast("tuple[Applied, ...]", law.memo[key])


def _applied(law: Law, control: Control) -> Iterable[Applied]:
    if control.item is None or control.item == "listed":
        yield Applied(_row(control, "", ""), UNKNOWN, ITEM)
        return
    if control.item in FREE:
        return
    rows = law.tables.reasons.get((control.regime, control.item), ())
    entry = law.tables.items.get((control.regime, control.item))
    unread = entry is None or (not entry.captured and not rows)
    if unread and may_be_more(control.reasons):
        yield Applied(_row(control, "", ""), UNSETTLED)
    for row in rows:
        yield _apply(law, control, row)
    yield from _named_beside(control, rows)


def _apply(law: Law, control: Control, row: ReasonRow) -> Applied:
    named = _names(control.reasons, row)
    if named:
        return Applied(row, TRUE)
    truth, missing = _scope(control, row)
    if truth == FALSE or (truth == TRUE and row.reading == "machine"):
        return Applied(row, truth)
    if not may_be_more(control.reasons):
        # a classifier read what the table leaves open, and did not name this reason
        return Applied(row, FALSE)
    if row.reading == "machine":
        return Applied(row, truth, missing)
    if row.reading == "person":
        return Applied(row, UNKNOWN, missing or REASONS)
    own, lacking = _item_reason(law, control, row)
    both = conjunction((truth, own))
    return Applied(row, both, (missing or lacking) if both == UNKNOWN else "")


def _scope(control: Control, row: ReasonRow) -> tuple[int, str]:
    """Whether the row's scope covers the item, and the control fact missing to say so."""
    if row.whole:
        inside, lacking = TRUE, ""
    elif not row.refs:
        return UNKNOWN, REASONS
    else:
        inside, lacking = _any(control, row.refs)
    outside, unsure = _any(control, row.excludes)
    truth = conjunction((inside, NEGATED[outside]))
    return truth, (lacking or unsure) if truth == UNKNOWN else ""


def _any(control: Control, refs: Iterable[str]) -> tuple[int, str]:
    answers = [_matches(control, ref) for ref in refs]
    truth = disjunction(answer for answer, _ in answers)
    missing = next((lacking for answer, lacking in answers if answer == UNKNOWN), "")
    return truth, missing if truth == UNKNOWN else ""


def _matches(control: Control, ref: str) -> tuple[int, str]:
    own = ref.split(".", maxsplit=1)[0] == control.item
    target = (control.paragraph or control.item) if own else control.made_for
    lacking = PARAGRAPH if own else FOR
    if any(_inside(ref, out) for out in control.excludes):
        return FALSE, ""
    if target is None:
        return UNKNOWN, lacking
    if _inside(target, ref):
        return TRUE, ""
    return (UNKNOWN, lacking) if _inside(ref, target) else (FALSE, "")


def _inside(paragraph: str, wider: str) -> bool:
    return paragraph == wider or paragraph.startswith(f"{wider}.")


def _item_reason(law: Law, control: Control, row: ReasonRow) -> tuple[int, str]:
    """Whether the item the technology is for is itself controlled for the row's reason."""
    if control.made_for is None:
        return UNKNOWN, FOR
    entry = control.made_for.split(".")[0]
    paragraph = control.made_for if "." in control.made_for else None
    inner = Control(control.regime, entry, paragraph, None, control.excludes)
    if entry == control.item:
        return TRUE, ""
    answers = [part for part in applied_reasons(law, inner) if part.row.reason in (row.reason, "")]
    truth = disjunction(part.truth for part in answers)
    if truth != UNKNOWN:
        return truth, ""
    open_part = next(part for part in answers if part.truth == UNKNOWN)
    return truth, FOR if open_part.missing in (ITEM, PARAGRAPH, FOR) else REASONS


def may_be_more(named: tuple[str | Unknown, ...] | None) -> bool:
    """Whether a reading leaves room for something that it does not name."""
    return named is None or UNKNOWN_VALUE in named


def _names(reasons: tuple[str | Unknown, ...] | None, row: ReasonRow) -> bool:
    return reasons is not None and (
        row.column in reasons or (row.reason in reasons and bool(row.reason))
    )


def _named_beside(control: Control, rows: Iterable[ReasonRow]) -> Iterable[Applied]:
    """Reasons a classifier names that no row of the table has."""
    known = {part for row in rows for part in (row.column, row.reason)}
    for name in control.reasons or ():
        if not isinstance(name, Unknown) and name not in known:
            yield Applied(_row(control, name.rstrip("0123456789"), name), TRUE)


def _row(control: Control, reason: str, column: str) -> ReasonRow:
    return ReasonRow(
        control.regime,
        control.item or "",
        reason,
        True,
        (),
        (),
        (),
        "person",
        column,
        Period(),
        Source("", "the facts of the case"),
    )


@dataclass(frozen=True, slots=True)
class Restricted:
    """Whether technology and software under restriction may go by that exception: yes, no,
    does_not_apply.

    `word` None: not known; then `missing` is the control fact that would tell, or empty
    where the law is not known.
    """

    word: str | None
    missing: str = ""


def restricted_exception(law: Law, control: Control) -> Restricted:
    """What the entry says of the exception for technology and software under restriction (15 CFR
    740.6).
    """
    row = law.tables.items.get((control.regime, control.item or ""))
    if row is None or row.tsr == "unknown":
        return _by_classifier(control) or Restricted(None)
    if row.tsr != "yes":
        return Restricted(row.tsr)
    left_out, lacking = _any(control, row.tsr_excludes)
    reasons = [
        part
        for part in applied_reasons(law, control)
        if part.row.reason in row.tsr_excludes_reasons
    ]
    by_reason = disjunction(part.truth for part in reasons)
    if TRUE in (left_out, by_reason):
        return Restricted("no")
    if row.tsr_needs_reading:
        return _by_classifier(control) or Restricted(None, ELIGIBLE if row.tsr_excludes else "")
    if UNKNOWN in (left_out, by_reason):
        return Restricted(
            None, lacking or next((part.missing for part in reasons if part.missing), REASONS)
        )
    return Restricted(None) if by_reason == UNSETTLED else Restricted("yes")


def _by_classifier(control: Control) -> Restricted | None:
    if control.eligible is not None and "TSR" in control.eligible:
        return Restricted("yes")
    return None if may_be_more(control.eligible) else Restricted("no")


_STA_BARS: Final = re.compile(r"^not_(A6|A5_nor_A6): ([0-9A-Za-z. ]+)$")


def strategic_exception(law: Law, control: Control, group: str) -> Restricted:
    """Whether the entry's paragraph leaves strategic trade authorisation open to a group, A5 or A6.

    Only a paragraph captured as a list of what it bars settles it; a blank one never means open
    (15 CFR 740.20(b)(2)), so anything else is a classifier's to read.
    """
    named = "STA" in (control.eligible or ())
    if not named and not may_be_more(control.eligible):
        return Restricted("no")
    row = law.tables.items.get((control.regime, control.item or ""))
    barred = _barred(row.sta, group) if row else None
    if barred is None:
        return Restricted("yes") if named else Restricted(None, ELIGIBLE)
    truth, lacking = _any(control, barred)
    if truth == UNKNOWN:
        return Restricted(None, lacking)
    return Restricted("no" if truth == TRUE else "yes")


@cache
def _barred(paragraph: str, group: str) -> tuple[str, ...] | None:
    """What an entry's paragraph bars for a group; None where it is no list of what it bars."""
    parts = [_STA_BARS.match(part.strip()) for part in paragraph.split(";")]
    if None in parts:
        return None
    return tuple(
        ref
        for part in parts
        if part is not None and (part[1] == "A5_nor_A6" or group == "A6")
        for ref in part[2].split()
    )


def is_entry(code: str | None) -> bool:
    """Whether a code names an entry of the list, and not a word about the list."""
    return code is not None and code not in NOT_ENTRIES
