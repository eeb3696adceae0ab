"""Recomputes stored determinations from their own inputs and names everything that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.engine.answers import Determination as Answer
from apps.engine.answers import digest_of
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.editions import edition_at
from apps.screening.domain.determine import answer_for, counts_of, document_digest
from apps.screening.models import Determination


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of a stored determination that its inputs do not give."""

    case: str
    number: int
    what: str
    stored: str
    computed: str

    def as_dict(self) -> dict[str, object]:
        """The difference as JSON."""
        return {
            "case": self.case,
            "number": self.number,
            "what": self.what,
            "stored": self.stored,
            "computed": self.computed,
        }


def replay(row: Determination) -> tuple[Difference, ...]:
    """Everything in which a stored determination and its recomputation differ; empty when sound."""
    return tuple(
        Difference(row.case.reference, row.number, what, str(stored), str(computed))
        for what, stored, computed in _pairs(row)
        if stored != computed
    )


def recompute(row: Determination) -> Answer:
    """The engine's answer from the stored inputs: the same bytes, or somebody changed something.

    Raises Refusal where the edition is gone, Refusals where the facts cannot be read any more.
    """
    edition = edition_at(row.edition_id, on=row.on)
    return answer_for(row.facts, edition, on=row.on, lists=row.lists)


def replay_all(
    rows: Iterable[Determination],
) -> Iterator[tuple[Determination, tuple[Difference, ...]]]:
    """Each determination with its differences, one at a time, so that progress can be told."""
    for row in rows:
        yield row, replay(row)


def _pairs(row: Determination) -> list[tuple[str, object, object]]:
    pairs: list[tuple[str, object, object]] = [
        ("facts_digest", row.facts_digest, document_digest(row.facts))
    ]
    try:
        answer = recompute(row)
    except (Refusal, Refusals) as refused:
        return [*pairs, ("replay", "an answer", f"refused: {refused}")]
    figures = counts_of(answer)
    return [
        *pairs,
        ("edition_digest", row.edition_digest, answer.edition.digest),
        ("digest", row.digest, answer.digest),
        ("outcome", row.outcome, answer.outcome),
        ("tier", row.tier, answer.tier),
        *((name, getattr(row, name), figures[name]) for name in sorted(figures)),
        ("record", digest_of(row.record), digest_of(answer.record())),
    ]
