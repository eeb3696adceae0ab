"""The life of a case as one table: who may move it from where to where, under which guards."""

from __future__ import annotations

from dataclasses import dataclass

from apps.engine.refusal import Refusal
from apps.engine.stages import (
    DECIDED_AS,
    FINAL,
    PUBLIC_NAMES,
    SPOKEN,
    STAGES,
    Clock,
    Decision,
    Guard,
    Relation,
    Role,
    Stage,
    Status,
    Verb,
    Waits,
    clock_effect,
    public_name,
)

__all__ = [
    "DECIDED_AS",
    "FINAL",
    "PUBLIC_NAMES",
    "SPOKEN",
    "STAGES",
    "SYSTEM",
    "TABLE",
    "Actor",
    "Answer",
    "Clock",
    "Decision",
    "Guard",
    "Move",
    "Relation",
    "Role",
    "Stage",
    "Status",
    "Step",
    "Verb",
    "Waits",
    "answer",
    "clock_effect",
    "move_for",
    "public_name",
    "step",
    "verbs_from",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row of the table. A relation of it entitles; so does a role, unless a relation bars."""

    source: Status
    verb: Verb
    targets: tuple[Status, ...]
    roles: frozenset[Role] = frozenset()
    relations: frozenset[Relation] = frozenset()
    barred: frozenset[Relation] = frozenset()
    guards: tuple[Guard, ...] = ()
    reason_required: bool = False
    system_allowed: bool = False

    def clock(self, target: Status) -> Clock:
        """What the move does to the office clock when it ends in a target."""
        return clock_effect(self.source, target)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who moves: duties held in the office of the case, relations to it, or the system itself."""

    roles: frozenset[Role] = frozenset()
    relations: frozenset[Relation] = frozenset()
    system: bool = False


SYSTEM = Actor(system=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may, and why not; `move` is the row of the table that answered, if any."""

    allowed: bool
    reason: str
    code: str = ""
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A move that the table allows, with its end fixed."""

    move: Move
    target: Status
    clock: Clock


OFFICERS = frozenset({Role.TRIAGE_OFFICER, Role.REVIEW_OFFICER, Role.EMPOWERED_OFFICIAL})
REVIEWERS = frozenset({Role.REVIEW_OFFICER, Role.EMPOWERED_OFFICIAL})
EMPOWERED = frozenset({Role.EMPOWERED_OFFICIAL})
OUTSIDE_REVIEW = frozenset({Role.INDEPENDENT_REVIEWER})
REQUESTERS = frozenset({Relation.OWNER, Relation.DELEGATE})
CONFLICTED = frozenset({Relation.OWNER, Relation.DELEGATE, Relation.PARTY, Relation.RECUSED})
IN_THE_CHAIN = CONFLICTED | {Relation.AUTHOR, Relation.SIGNER}
APPROVABLE = (Guard.SCREENING_COMPLETE, Guard.HITS_SETTLED, Guard.APPROVAL_POSSIBLE)


def _by_requester(
    source: Status, verb: Verb, *targets: Status, guards: tuple[Guard, ...] = ()
) -> Move:
    return Move(source=source, verb=verb, targets=targets, relations=REQUESTERS, guards=guards)


def _by_system(
    source: Status, verb: Verb, *targets: Status, guards: tuple[Guard, ...] = ()
) -> Move:
    return Move(source=source, verb=verb, targets=targets, guards=guards, system_allowed=True)


def _by_office(
    source: Status,
    verb: Verb,
    *targets: Status,
    roles: frozenset[Role] = REVIEWERS,
    barred: frozenset[Relation] = CONFLICTED,
    guards: tuple[Guard, ...] = (),
    reason: bool = False,
    system: bool = False,
) -> Move:
    return Move(
        source=source,
        verb=verb,
        targets=targets,
        roles=roles,
        barred=barred,
        guards=guards,
        reason_required=reason,
        system_allowed=system,
    )


S, V, G = (
    Status,
    Verb,
    Guard,
)  # the table below is read by people: short names keep one row one line
_TILL_APPROVED = (
    S.SCREENING,
    S.SCREENING_INCOMPLETE,
    S.TRIAGE,
    S.IN_REVIEW,
    S.AWAITING_REQUESTER,
    S.AWAITING_COUNTERSIGN,
    S.REFERRED,
    S.CONDITIONS_PENDING,
)
_PAST_TRIAGE = (
    S.IN_REVIEW,
    S.AWAITING_REQUESTER,
    S.AWAITING_COUNTERSIGN,
    S.REFERRED,
    S.CONDITIONS_PENDING,
)
_CLEARING = (*APPROVABLE, G.LOW_TIER, G.NOTHING_OPEN)

TABLE: tuple[Move, ...] = (
    _by_requester(S.DRAFT, V.SUBMIT, S.SCREENING, guards=(G.SOMETHING_TO_SCREEN,)),
    _by_requester(S.DRAFT, V.DISCARD, S.DISCARDED),
    # the system checks, and a case rests here only while a retry is due
    _by_system(S.SCREENING, V.SCREENED, S.TRIAGE, guards=(G.SCREENING_COMPLETE,)),
    _by_system(S.SCREENING, V.CLEAR, S.APPROVED, guards=(*_CLEARING, G.POLICY_ALLOWS_CLEARING)),
    _by_system(S.SCREENING, V.SCREENING_FAILED, S.SCREENING_INCOMPLETE),
    _by_system(S.SCREENING_INCOMPLETE, V.RETRY, S.SCREENING),
    # the office looks at it
    _by_office(S.TRIAGE, V.TAKE, S.IN_REVIEW),
    _by_office(S.TRIAGE, V.ADJUDICATE, S.TRIAGE, roles=OFFICERS, reason=True),
    _by_office(S.TRIAGE, V.ASK, S.AWAITING_REQUESTER, roles=OFFICERS, guards=(G.OPEN_QUESTION,)),
    _by_office(S.TRIAGE, V.APPROVE, S.APPROVED, roles=OFFICERS, guards=_CLEARING, reason=True),
    _by_office(S.IN_REVIEW, V.ADJUDICATE, S.IN_REVIEW, S.TRIAGE, reason=True),
    _by_office(S.IN_REVIEW, V.ASK, S.AWAITING_REQUESTER, guards=(G.OPEN_QUESTION,)),
    _by_office(S.IN_REVIEW, V.CONSULT, S.IN_REVIEW),
    _by_office(S.IN_REVIEW, V.REFER, S.REFERRED, reason=True),
    # two people where the tier or the kind of decision needs them: a refusal always does
    _by_office(
        S.IN_REVIEW,
        V.RECOMMEND,
        S.AWAITING_COUNTERSIGN,
        S.IN_REVIEW,
        guards=APPROVABLE,
        reason=True,
    ),
    _by_office(
        S.IN_REVIEW,
        V.DECIDE,
        S.APPROVED,
        S.CONDITIONS_PENDING,
        S.REFERRED,
        guards=(*APPROVABLE, G.ONE_REVIEWER_ENOUGH),
        reason=True,
    ),
    _by_office(
        S.AWAITING_COUNTERSIGN,
        V.COUNTERSIGN,
        S.APPROVED,
        S.CONDITIONS_PENDING,
        S.REFUSED,
        S.REFERRED,
        barred=CONFLICTED | {Relation.AUTHOR},
        guards=(*APPROVABLE, G.RECOMMENDATION_STANDS, G.EMPOWERED_SIGNS),
    ),
    _by_office(S.AWAITING_COUNTERSIGN, V.RETURN, S.IN_REVIEW, reason=True),
    _by_office(
        S.REFERRED, V.RECORD_REPLY, S.IN_REVIEW, S.CONDITIONS_PENDING, S.REFUSED, reason=True
    ),
    # the requester's turn
    _by_requester(S.AWAITING_REQUESTER, V.ANSWER, S.TRIAGE, S.IN_REVIEW, guards=(G.ALL_ANSWERED,)),
    _by_system(S.AWAITING_REQUESTER, V.LAPSE, S.LAPSED, guards=(G.TIME_PASSED,)),
    _by_office(
        S.CONDITIONS_PENDING,
        V.CONDITIONS_MET,
        S.APPROVED,
        roles=OFFICERS,
        guards=(*APPROVABLE, G.ALL_CONDITIONS_MET),
    ),
    _by_system(S.CONDITIONS_PENDING, V.LAPSE, S.LAPSED, guards=(G.TIME_PASSED,)),
    # after approval
    _by_office(S.APPROVED, V.SUSPEND, S.SUSPENDED, roles=OFFICERS, reason=True, system=True),
    _by_system(S.APPROVED, V.EXPIRE, S.EXPIRED, guards=(G.END_REACHED,)),
    Move(
        source=S.APPROVED,
        verb=V.CLOSE,
        targets=(S.CLOSED,),
        roles=OFFICERS,
        relations=REQUESTERS,
        barred=CONFLICTED,
    ),
    _by_requester(S.APPROVED, V.AMEND, S.APPROVED),
    _by_requester(S.APPROVED, V.RENEW, S.APPROVED),
    _by_office(S.SUSPENDED, V.REINSTATE, S.APPROVED, guards=APPROVABLE, reason=True),
    _by_office(S.SUSPENDED, V.REVOKE, S.REVOKED, guards=(G.TWO_PEOPLE,), reason=True),
    # against a refusal
    _by_requester(S.REFUSED, V.APPEAL, S.UNDER_APPEAL, guards=(G.APPEAL_IN_TIME,)),
    _by_requester(S.REVOKED, V.APPEAL, S.UNDER_APPEAL, guards=(G.APPEAL_IN_TIME,)),
    _by_office(
        S.UNDER_APPEAL,
        V.UPHOLD,
        S.REFUSED,
        S.REVOKED,
        roles=OUTSIDE_REVIEW,
        barred=IN_THE_CHAIN,
        reason=True,
    ),
    _by_office(
        S.UNDER_APPEAL,
        V.OVERTURN,
        S.APPROVED,
        S.CONDITIONS_PENDING,
        S.REFERRED,
        roles=OUTSIDE_REVIEW,
        barred=IN_THE_CHAIN,
        guards=APPROVABLE,
        reason=True,
    ),
    # a change of facts makes a new determination; a stricter one brings the case back to triage
    _by_system(S.TRIAGE, V.REEXAMINE, S.TRIAGE),
    *(_by_system(source, V.REEXAMINE, S.TRIAGE, source) for source in _PAST_TRIAGE),
    *(_by_requester(source, V.WITHDRAW, S.WITHDRAWN) for source in _TILL_APPROVED),
)
_BY_PLACE: dict[tuple[Status, Verb], Move] = {(move.source, move.verb): move for move in TABLE}


def move_for(status: Status, verb: Verb) -> Move | None:
    """The row for a verb in a status, None where the verb does not lead from there."""
    return _BY_PLACE.get((status, verb))


def verbs_from(status: Status) -> tuple[Verb, ...]:
    """The verbs that lead from a status, in the order of the table."""
    return tuple(move.verb for move in TABLE if move.source is status)


def answer(status: Status, verb: Verb, actor: Actor) -> Answer:
    """Whether an actor may do a verb in a status, guards aside; every combination has an answer."""
    move = move_for(status, verb)
    if move is None:
        return Answer(
            False,
            f"One cannot {SPOKEN[verb]} while it stands at “{PUBLIC_NAMES[status]}”.",
            "not_from_here",
        )
    if actor.system:
        if move.system_allowed:
            return Answer(True, "The system may do this by itself.", move=move)
        return Answer(False, f"Only a person may {SPOKEN[verb]}.", "person_required", move)
    if actor.relations & move.relations:
        return Answer(True, f"As its {min(actor.relations & move.relations)}.", move=move)
    duties = actor.roles & move.roles
    if not duties:
        return Answer(False, f"Only {_who(move)} may {SPOKEN[verb]}.", "not_entitled", move)
    barred = actor.relations & move.barred
    if barred:
        reason = f"{_WHY_BARRED[min(barred)]} may not {SPOKEN[verb]}."
        return Answer(False, reason, "conflicted", move)
    return Answer(True, f"As {_article(min(duties))} of its office.", move=move)


def step(
    status: Status, verb: Verb, *, actor: Actor, target: Status | None = None, reason: str = ""
) -> Step:
    """The move that a verb makes, once the actor, the end and the reason are in order; raises
    Refusal.

    `target` may be left out where the verb has one end only. Guards are the caller's to ask.
    """
    given = answer(status, verb, actor)
    if given.move is None or not given.allowed:
        raise Refusal(given.code, given.reason, where=verb, found=status)
    move = given.move
    end = move.targets[0] if target is None and len(move.targets) == 1 else target
    if end not in move.targets:
        raise Refusal(
            "wrong_target",
            f"“{verb}” does not lead from {status} to {end}.",
            where=verb,
            found=str(end),
            valid=", ".join(move.targets),
        )
    if move.reason_required and not reason.strip():
        raise Refusal(
            "reason_required", "This needs a reason in words.", where="reason", remedy="Say why."
        )
    return Step(move, end, move.clock(end))


_WHY_BARRED = {
    Relation.OWNER: "Whoever requested the case",
    Relation.DELEGATE: "Whoever acts for the requester",
    Relation.PARTY: "Whoever takes part in the activity",
    Relation.RECUSED: "Whoever is recused from the case",
    Relation.AUTHOR: "Whoever wrote the recommendation",
    Relation.SIGNER: "Whoever decided it before",
}


def _who(move: Move) -> str:
    named = [f"{_article(role)} of its office" for role in Role if role in move.roles]
    named += [f"its {relation}" for relation in Relation if relation in move.relations]
    return " or ".join(named) or "the system"


def _article(role: Role) -> str:
    words = role.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
