"""Conditions of an approval: which there are, and how they come to be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from apps.accounts.domain.actors import actor_name
from apps.accounts.models import User
from apps.audit.domain.record import record
from apps.cases.domain.changes import advance, case_subject
from apps.cases.domain.conditions import (
    NewCondition,
    conditions_of,
    meet_condition,
    set_conditions,
    unmet_conditions,
)
from apps.cases.models import Case
from apps.engine.lifecycle import Status, Verb
from apps.engine.outcomes import LICENCE
from apps.engine.refusal import Refusal
from apps.screening.domain.replay import recompute
from apps.screening.enums import Cause
from apps.screening.models import Determination
from apps.workflow.domain.case.redetermine import redetermine
from apps.workflow.domain.case.reexamine import to_status
from apps.workflow.domain.established import establish
from apps.workflow.domain.proof import told_of
from apps.workflow.domain.transition import Turn, admit, move, whole

NO_FACTS: Mapping[str, object] = {}


def conditions_by_law(made: Determination) -> tuple[NewCondition, ...]:
    """What a determination leaves open: papers of an exception, or the licence itself."""
    found: dict[str, NewCondition] = {}
    for exposure in recompute(made).exposures:
        for cell in exposure.regimes:
            for term in cell.conditions:
                key = str(term["id"])
                found.setdefault(
                    key,
                    NewCondition(key, str(term["text"]), str(term["due"]), str(term["citation"])),
                )
            if cell.outcome == LICENCE:
                key = f"licence_{cell.regime}"
                text = f"A {cell.kind} under {cell.regime} is on file before anything is released."
                found.setdefault(key, NewCondition(key, text, "before_release"))
    return tuple(found.values())


def impose(
    case: Case, made: Determination, more: Sequence[NewCondition], *, by: User, at: datetime
) -> list[str]:
    """Set the conditions of the law and those of the office; their keys. Refusal `no_condition`."""
    conditions = [*conditions_by_law(made), *more]
    if not conditions:
        raise Refusal(
            "no_condition",
            "The law sets no condition here, and neither did you.",
            "conditions",
            "Name at least one, or approve without.",
        )
    set_conditions(case, conditions, by=by, at=at)
    return [condition.key for condition in conditions]


@whole
def meet_conditions(
    case: Case,
    *,
    evidence: Mapping[str, str],
    by: User,
    version: int,
    at: datetime,
    facts: Mapping[str, object] = NO_FACTS,
) -> Case:
    """Find conditions met, each by its evidence; once all are, the approval holds.

    A paper that the law asks for becomes a fact of the case, and so does what `facts` says; the
    new determination comes first, and a stricter one leads back to triage. Raises Refusal
    `stale_version`, `not_from_here`, `conflicted`, `not_entitled`, `unknown_condition`,
    `already_met`, `evidence_required`, `unmet_GUARD`; Refusals for each fact that cannot stand.
    """
    turn = admit(case, Verb.CONDITIONS_MET, by=by, version=version, at=at)
    if not evidence:
        raise Refusal("evidence_required", "No condition is named.", "evidence")
    papers = _papers(case, evidence, at=at)
    for key in sorted(evidence):
        meet_condition(case, key, evidence=evidence[key], by=by, at=at)
    establish(case, {**papers, **facts}, by=by, version=version, at=at)
    _told(case, sorted(evidence), by=by, at=at)
    _go_on(turn)
    return case


def _papers(case: Case, evidence: Mapping[str, str], *, at: datetime) -> dict[str, object]:
    """A condition of the law that a paper meets has the paper's kind as its id."""
    of_law = {condition.key for condition in conditions_of(case) if condition.citation}
    found: dict[str, object] = {}
    for key in sorted(of_law & set(evidence)):
        found[f"papers.{key}.signed"] = True
        found[f"papers.{key}.on"] = at.date().isoformat()
    return found


def _told(case: Case, keys: list[str], *, by: User, at: datetime) -> None:
    advance(case, version=case.version, at=at)
    record(
        subject=case_subject(case),
        verb="meet_condition",
        by=actor_name(by),
        at=at,
        payload={"conditions": keys, "version": case.version},
    )


def _go_on(turn: Turn) -> None:
    case = turn.case
    still = Status(case.status)
    new = redetermine(case, cause=Cause.ADJUDICATION, otherwise=still, at=turn.at)
    if new.target is Status.TRIAGE:
        to_status(case, new.made, target=new.target, at=turn.at)
    elif not unmet_conditions(case):
        move(
            turn,
            told=told_of(new.made),
            outcome=new.made.outcome,
            tier=new.made.tier,
            due_on=None,
        )
