"""Everything a case page prints, read once for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.cases.domain.conditions import conditions_of
from apps.cases.domain.questions import open_questions
from apps.engine.lifecycle import Actor, Relation, Status
from apps.portal.parts.deeds import Matters
from apps.portal.parts.history import HistoryLine, history_of
from apps.portal.parts.missing import for_the_office
from apps.portal.parts.opinion import Letter, decision_of, memo_of
from apps.portal.parts.proof import Place, Proof, proof_of
from apps.portal.parts.tasks import Task, tasks_likely, tasks_set
from apps.portal.parts.track import Stop, track_of
from apps.portal.parts.verdict import Verdict, verdict_of
from apps.routing.domain.assign import assignments_of
from apps.screening.domain.hits import hits_of
from apps.screening.domain.queries import latest_determination
from apps.screening.enums import HitState

if TYPE_CHECKING:
    from apps.cases.models import Case, Question
    from apps.routing.models import Assignment
    from apps.screening.models import Determination, ListHit


@dataclass(frozen=True, slots=True)
class CasePage:
    """What every reader of a case sees."""

    requester: bool
    verdict: Verdict
    stood_on: Determination | None
    proof: Proof | None
    questions: Sequence[Question]
    tasks: tuple[Task, ...]
    tasks_final: bool
    decision: Letter | None
    history: tuple[HistoryLine, ...]
    track: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class OfficePart:
    """What only the office sees."""

    memo: Letter | None
    hits: Sequence[ListHit]
    assignments: Sequence[Assignment]


def is_requester(actor: Actor) -> bool:
    """Whether somebody reads a case from the requester's side."""
    return bool(actor.relations & {Relation.OWNER, Relation.DELEGATE})


def case_page_of(case: Case, place: Place, *, requester: bool) -> CasePage:
    """The page of a case, with the cell of an address opened."""
    made = latest_determination(case)
    proof = proof_of(made, place, requester=requester) if made else None
    set_already = tasks_set(conditions_of(case))
    likely = tasks_likely(proof.answer) if proof else ()
    history = history_of(case, requester=requester)
    return CasePage(
        requester=requester,
        verdict=verdict_of(case, proof.leading.answer if proof else None, requester=requester),
        stood_on=made,
        proof=proof,
        questions=open_questions(case),
        tasks=set_already or likely,
        tasks_final=bool(set_already),
        decision=decision_of(case),
        history=history,
        track=track_of(Status(case.status), history),
    )


def office_part_of(case: Case) -> OfficePart:
    """The recommendation, the hits and who had the case, for those who work on it."""
    return OfficePart(memo_of(case), hits_of(case), assignments_of(case))


def matters_of(shown: CasePage, office: OfficePart | None) -> Matters:
    """What of a case waits for the office to settle it."""
    hits = office.hits if office else ()
    facts = for_the_office(shown.proof.answer) if shown.proof else ()
    return Matters(sum(hit.state == HitState.OPEN for hit in hits), len(facts))
