"""Recomputes stored determinations from their own inputs and names everything that differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.engine.answers import Determination as Answer
from apps.engine.answers import digest_of
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.editions import edition_at
from apps.screening.domain.determine import answer_for, counts_of, document_digest
from apps.screening.models import Determination

AT_ONCE = 200


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """A determination drawn anew with its whole trace, and in what the stored one differs."""

    answer: Answer
    differences: tuple[Difference, ...]

    @property
    def sound(self) -> bool:
        """Whether what is stored is what its inputs give, bit for bit."""
        return not self.differences


def recompute(row: Determination) -> Answer:
    """The engine's answer from the stored inputs: the same bytes, or somebody changed something.

    Raises Refusal where the edition is gone, Refusals where the facts cannot be read any more.
    """
    edition = edition_at(row.edition_id, on=row.on)
    return answer_for(row.facts, edition, on=row.on, lists=row.lists)


def explain(row: Determination) -> Explanation:
    """The answer with its trace, for page, machine and letter, and whether the row is sound."""
    answer = recompute(row)
    return Explanation(answer, _differences(row, answer))


def replay(row: Determination) -> tuple[Difference, ...]:
    """Everything in which a stored determination and its recomputation differ; empty if sound."""
    try:
        return explain(row).differences
    except (Refusal, Refusals) as refused:
        return (_difference(row, "replay", "an answer", f"refused: {refused}"),)


def replay_all(rows: QuerySet[Determination]) -> Iterator[tuple[Difference, ...]]:
    """The differences of each determination, one after the other, so that progress can be told."""
    for row in rows.select_related("case").order_by("pk").iterator(chunk_size=AT_ONCE):
        yield replay(row)


def determinations(*, reference: str = "") -> QuerySet[Determination]:
    """All determinations, or those of one case. Raises Refusal `case_not_found`."""
    if not reference:
        return Determination.objects.all()
    found = Determination.objects.filter(case__reference=reference)
    if not found.exists():
        raise Refusal(
            "case_not_found",
            "No determination is stored under this reference.",
            "--case",
            "Check the number.",
            found=reference[:40],
        )
    return found


def _differences(row: Determination, answer: Answer) -> tuple[Difference, ...]:
    stored = {
        "facts_digest": row.facts_digest,
        "edition_digest": row.edition_digest,
        "digest": row.digest,
        "outcome": row.outcome,
        "tier": row.tier,
        "record": digest_of(row.record),
        **{name: getattr(row, name) for name in counts_of(answer)},
    }
    computed = {
        "facts_digest": document_digest(row.facts),
        "edition_digest": answer.edition.digest,
        "digest": answer.digest,
        "outcome": answer.outcome,
        "tier": answer.tier,
        "record": digest_of(answer.record()),
        **counts_of(answer),
    }
    return tuple(
        _difference(row, what, stored[what], computed[what])
        for what in stored
        if stored[what] != computed[what]
    )


def _difference(row: Determination, what: str, stored: object, computed: object) -> Difference:
    return Difference(row.case.reference, row.number, what, str(stored), str(computed))
