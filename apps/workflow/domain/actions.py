"""What somebody can do with a case now, for pages and machines alike: each verb with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from apps.accounts.models import User
from apps.cases.domain.facts import facts_of
from apps.cases.models import Case
from apps.engine.guards import Situation, unmet
from apps.engine.lifecycle import (
    DECIDED_AS,
    Actor,
    Decision,
    Guard,
    Move,
    Status,
    Verb,
    move_for,
    verbs_from,
)
from apps.screening.domain.opinions import latest_recommendation
from apps.workflow.domain.permission import Permission, may
from apps.workflow.domain.readiness import releases_named
from apps.workflow.domain.situation import situation_of, under_signature
from apps.workflow.domain.standing import standing_of

RULING = ("outcome", "reason", "until", "conditions")
LABELS: Mapping[Verb, str] = {
    Verb.SUBMIT: "Submit",
    Verb.DISCARD: "Discard draft",
    Verb.TAKE: "Take into review",
    Verb.ADJUDICATE: "Settle a hit or a fact",
    Verb.ASK: "Ask the requester",
    Verb.ANSWER: "Answer",
    Verb.APPROVE: "Approve",
    Verb.RECOMMEND: "Recommend",
    Verb.COUNTERSIGN: "Countersign",
    Verb.RETURN: "Return to review",
    Verb.DECIDE: "Decide",
    Verb.REFER: "Refer",
    Verb.RECORD_REPLY: "Record the reply",
    Verb.CONDITIONS_MET: "Confirm conditions",
    Verb.WITHDRAW: "Withdraw",
}
NEEDS: Mapping[Verb, tuple[str, ...]] = {
    Verb.ADJUDICATE: ("hit", "state", "facts", "reason"),
    Verb.ASK: ("questions",),
    Verb.ANSWER: ("answers",),
    Verb.APPROVE: ("reason", "until"),
    Verb.RECOMMEND: RULING,
    Verb.DECIDE: RULING,
    Verb.RETURN: ("reason",),
    Verb.REFER: ("reason",),
    Verb.RECORD_REPLY: ("reply",),
    Verb.CONDITIONS_MET: ("evidence", "facts"),
}
RULED = frozenset({Verb.RECOMMEND, Verb.DECIDE})
# What only the input can answer is left to the verb itself.
ASKED_WITH_INPUT = frozenset({Guard.OPEN_QUESTION, Guard.ALL_ANSWERED, Guard.ALL_CONDITIONS_MET})


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome that can be recommended or decided, or the reason why it cannot."""

    outcome: Decision
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Action:
    """A verb with its label, whether it is allowed and why, and which input it needs."""

    verb: Verb
    label: str
    allowed: bool
    reason: str
    code: str = ""
    needs: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


def actions_for(user: User, case: Case, *, on: date, standing: Actor | None = None) -> list[Action]:
    """Every verb that leads from where the case stands and that a person can press.

    Those for others come too, with the reason: a page may hide what has the code `not_entitled`.
    `standing` saves reading it again.
    """
    return list(_actions(user, case, standing or standing_of(user, case, on=on), on=on))


def _actions(user: User, case: Case, standing: Actor, *, on: date) -> Iterator[Action]:
    status = Status(case.status)
    seen: Situation | None = None
    for verb in verbs_from(status):
        row = move_for(status, verb)
        if row is None or verb not in LABELS:
            continue
        given = may(user, case, verb, on=on, standing=standing)
        if given and row.guards:
            seen = seen or _looked_at(user, case, on=on)
            yield _guarded(row, given, seen)
        else:
            yield _action(verb, given)


def _looked_at(user: User, case: Case, *, on: date) -> Situation:
    """The case as the guards see it, supposing that the input will be in order."""
    plain = situation_of(case, on=on, until=on + timedelta(days=1))
    status = Status(case.status)
    if status is Status.DRAFT:
        return replace(plain, releases=releases_named(facts_of(case)))
    last = latest_recommendation(case)
    if status is Status.AWAITING_COUNTERSIGN and last is not None:
        return under_signature(plain, last, signer=user, on=on)
    return plain


def _guarded(row: Move, given: Permission, seen: Situation) -> Action:
    if row.verb in RULED:
        choices = tuple(_choice(row, outcome, seen) for outcome in Decision)
        return _action(row.verb, given, choices=choices)  # a referral is always among them
    decision = Decision.APPROVE if row.verb is Verb.APPROVE else seen.decision
    in_the_way = _in_the_way(row, replace(seen, decision=decision))
    return _action(row.verb, given if in_the_way is None else in_the_way)


def _choice(row: Move, outcome: Decision, seen: Situation) -> Choice:
    if row.verb is Verb.DECIDE and DECIDED_AS[outcome] not in row.targets:
        return Choice(outcome, allowed=False, reason="This takes two people: recommend it.")
    in_the_way = _in_the_way(row, replace(seen, decision=outcome))
    if in_the_way is None:
        return Choice(outcome, allowed=True, reason="")
    return Choice(outcome, allowed=False, reason=in_the_way.reason)


def _in_the_way(row: Move, seen: Situation) -> Permission | None:
    guards = tuple(guard for guard in row.guards if guard not in ASKED_WITH_INPUT)
    found = unmet(guards, seen)
    if not found:
        return None
    reason = " ".join(why for _, why in found)
    return Permission(allowed=False, reason=reason, code=f"unmet_{found[0][0]}")


def _action(verb: Verb, given: Permission, *, choices: tuple[Choice, ...] = ()) -> Action:
    return Action(
        verb=verb,
        label=LABELS[verb],
        allowed=given.allowed,
        reason=given.reason,
        code=given.code,
        needs=NEEDS.get(verb, ()),
        choices=choices,
    )
