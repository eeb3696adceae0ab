"""A rule as an English sentence, with what it leads to, its source and its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from apps.engine.conditions.tree import Leaf, Node
from apps.engine.edition import Edition
from apps.engine.refusal import Refusal
from apps.engine.rows import Period, RuleRow
from apps.engine.rules import Rule
from apps.engine.sentences import turned


def explain_rule(edition: Edition, name: str) -> tuple[str, ...]:
    """The lines that tell a rule as it stands on the day of an edition.

    Raises Refusal `unknown_rule` for one that is not in force on that day.
    """
    rule = next((one for one in edition.rules if one.id == name), None)
    written = [row for row in edition.rows.rules if row.id == name]
    if rule is None:
        day = edition.on.isoformat()
        told = f"in force {'; '.join(_days(row.period) for row in written)}" if written else ""
        raise Refusal(
            "unknown_rule",
            f"No rule of this name is in force on {day}.",
            "--explain",
            "Name a rule of the edition, or another day.",
            name[:80],
            told or "a rule that `determine` prints",
        )
    return tuple(_lines(rule, written))


def _lines(rule: Rule, written: list[RuleRow]) -> Iterator[str]:
    yield f"{rule.id}: {rule.title}"
    yield f"{rule.regime}, stage {rule.stage}, leads to {rule.outcome}{_lifting(rule)}"
    yield f"It holds if {sentence_of(rule.when)}."
    for term in rule.terms:
        met = f" It is met if {sentence_of(term.met)}." if term.met else ""
        yield f"Condition {term.id} ({term.due}): {term.text}.{met}"
    read = f" ({rule.read})" if rule.read else ""
    yield f"Source: {rule.citation}{read}, confidence {rule.confidence}"
    for row in sorted(written, key=lambda one: str(one.period.since or "")):
        review = row.document.get("review_by", "")
        ends = f", to be reviewed by {review}" if review else ""
        yield f"In force {_days(row.period)}{ends}; kept by {row.document.get('owner', 'nobody')}"


def _lifting(rule: Rule) -> str:
    return f" and overcomes {', '.join(sorted(rule.overcomes))}" if rule.overcomes else ""


def _days(period: Period) -> str:
    since = period.since.isoformat() if period.since else "the beginning"
    last = (period.before - timedelta(days=1)).isoformat() if period.before else ""
    return f"from {since} until {last}" if last else f"from {since} on"


def sentence_of(node: Node, *, holds: bool = True) -> str:
    """A condition as one sentence; with `holds` false, as it reads where it does not hold."""
    if isinstance(node, Leaf):
        return node.text if holds else turned(node.text)
    if node.op == "not":
        return sentence_of(node.children[0], holds=not holds)
    together = (node.op == "all") == holds
    parts = [_part(child, holds=holds) for child in node.children]
    return (" and " if together else " or ").join(parts)


def _part(child: Node, *, holds: bool) -> str:
    """A part of a joined sentence, in brackets where it is joined itself."""
    inner = child
    while not isinstance(inner, Leaf) and (inner.op == "not" or len(inner.children) == 1):
        inner = inner.children[0]
    said = sentence_of(child, holds=holds)
    return said if isinstance(inner, Leaf) else f"({said})"
