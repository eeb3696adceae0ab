"""The words of a case's life: statuses, verbs, roles, relations, guards, and what the requester
reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Where a case stands; what the requester reads is in PUBLIC_NAMES."""

    DRAFT = "draft"
    SCREENING = "screening"
    SCREENING_INCOMPLETE = "screening_incomplete"
    TRIAGE = "triage"
    IN_REVIEW = "in_review"
    AWAITING_REQUESTER = "awaiting_requester"
    AWAITING_COUNTERSIGN = "awaiting_countersign"
    REFERRED = "referred"
    CONDITIONS_PENDING = "conditions_pending"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    REVOKED = "revoked"
    UNDER_APPEAL = "under_appeal"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    CLOSED = "closed"
    DISCARDED = "discarded"


class Verb(StrEnum):
    """What can be done to a case."""

    SUBMIT = "submit"
    DISCARD = "discard"
    SCREENED = "screened"
    CLEAR = "clear"
    SCREENING_FAILED = "screening_failed"
    RETRY = "retry"
    TAKE = "take"
    ADJUDICATE = "adjudicate"
    ASK = "ask"
    ANSWER = "answer"
    APPROVE = "approve"
    CONSULT = "consult"
    RECOMMEND = "recommend"
    COUNTERSIGN = "countersign"
    RETURN = "return"
    DECIDE = "decide"
    REFER = "refer"
    RECORD_REPLY = "record_reply"
    CONDITIONS_MET = "conditions_met"
    REEXAMINE = "reexamine"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    EXPIRE = "expire"
    CLOSE = "close"
    AMEND = "amend"
    RENEW = "renew"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    OVERTURN = "overturn"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Role(StrEnum):
    """A duty held in an office; a researcher holds none there."""

    RESEARCHER = "researcher"
    TRIAGE_OFFICER = "triage_officer"
    REVIEW_OFFICER = "review_officer"
    EMPOWERED_OFFICIAL = "empowered_official"
    OFFICE_MANAGER = "office_manager"
    INDEPENDENT_REVIEWER = "independent_reviewer"
    CONSULTEE = "consultee"
    FACILITY_MANAGER = "facility_manager"
    RULES_ADMIN = "rules_admin"
    AUDITOR = "auditor"
    LEADERSHIP = "leadership"


class Relation(StrEnum):
    """What a person is to one case, beside any duty in its office."""

    OWNER = "owner"
    DELEGATE = "delegate"
    PARTY = "party"
    AUTHOR = "author"  # of the recommendation that stands
    SIGNER = "signer"  # signed or decided it earlier
    RECUSED = "recused"
    STRANGER = "stranger"  # none of the others


class Guard(StrEnum):
    """A named test on the case itself; answered in `apps.engine.guards`."""

    SOMETHING_TO_SCREEN = "something_to_screen"
    SCREENING_COMPLETE = "screening_complete"
    POLICY_ALLOWS_CLEARING = "policy_allows_clearing"
    LOW_TIER = "low_tier"
    NOTHING_OPEN = "nothing_open"
    HITS_SETTLED = "hits_settled"
    OPEN_QUESTION = "open_question"
    ALL_ANSWERED = "all_answered"
    APPROVAL_POSSIBLE = "approval_possible"
    ONE_REVIEWER_ENOUGH = "one_reviewer_enough"
    RECOMMENDATION_STANDS = "recommendation_stands"
    EMPOWERED_SIGNS = "empowered_signs"
    ALL_CONDITIONS_MET = "all_conditions_met"
    TIME_PASSED = "time_passed"
    END_REACHED = "end_reached"
    APPEAL_IN_TIME = "appeal_in_time"
    TWO_PEOPLE = "two_people"


class Decision(StrEnum):
    """What a person recommends or decides."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    REFUSE = "refuse"
    REFER = "refer"


class Waits(StrEnum):
    """Whom a case in a status waits for: what the clocks run on."""

    NOBODY = "nobody"
    SYSTEM = "system"
    OFFICE = "office"
    REQUESTER = "requester"
    AUTHORITY = "authority"


class Clock(StrEnum):
    """What a move does to the office clock."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a status means: the requester's word for it, and whom the case waits for."""

    public_name: str
    waits: Waits
    final: bool = False


STAGES: Mapping[Status, Stage] = MappingProxyType(
    {
        Status.DRAFT: Stage("Draft", Waits.NOBODY),
        Status.SCREENING: Stage("Checking", Waits.SYSTEM),
        Status.SCREENING_INCOMPLETE: Stage("Checking, delayed", Waits.SYSTEM),
        Status.TRIAGE: Stage("With the office", Waits.OFFICE),
        Status.IN_REVIEW: Stage("Under review", Waits.OFFICE),
        Status.AWAITING_REQUESTER: Stage("Waiting for you", Waits.REQUESTER),
        Status.AWAITING_COUNTERSIGN: Stage("Final check", Waits.OFFICE),
        Status.REFERRED: Stage("With government or partner", Waits.AUTHORITY),
        Status.CONDITIONS_PENDING: Stage("Approved once conditions are met", Waits.REQUESTER),
        Status.APPROVED: Stage("Approved", Waits.NOBODY),
        Status.SUSPENDED: Stage("On hold", Waits.OFFICE),
        Status.REFUSED: Stage("Not approved", Waits.NOBODY),
        Status.REVOKED: Stage("Ended", Waits.NOBODY),
        Status.UNDER_APPEAL: Stage("Independent review", Waits.OFFICE),
        Status.WITHDRAWN: Stage("Withdrawn", Waits.NOBODY, final=True),
        Status.LAPSED: Stage("Lapsed", Waits.NOBODY, final=True),
        Status.EXPIRED: Stage("Expired", Waits.NOBODY, final=True),
        Status.CLOSED: Stage("Closed", Waits.NOBODY, final=True),
        Status.DISCARDED: Stage("Discarded", Waits.NOBODY, final=True),
    }
)
PUBLIC_NAMES: Mapping[Status, str] = MappingProxyType(
    {status: stage.public_name for status, stage in STAGES.items()}
)
FINAL: frozenset[Status] = frozenset(status for status, stage in STAGES.items() if stage.final)
DECIDED_AS: Mapping[Decision, Status] = MappingProxyType(
    {
        Decision.APPROVE: Status.APPROVED,
        Decision.APPROVE_WITH_CONDITIONS: Status.CONDITIONS_PENDING,
        Decision.REFUSE: Status.REFUSED,
        Decision.REFER: Status.REFERRED,
    }
)


SPOKEN: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.SUBMIT: "submit it",
        Verb.DISCARD: "discard it",
        Verb.SCREENED: "end its checks",
        Verb.CLEAR: "clear it without review",
        Verb.SCREENING_FAILED: "mark its checks as incomplete",
        Verb.RETRY: "repeat its checks",
        Verb.TAKE: "take it into review",
        Verb.ADJUDICATE: "settle a hit or a fact",
        Verb.ASK: "ask the requester",
        Verb.ANSWER: "answer the questions",
        Verb.APPROVE: "approve it at triage",
        Verb.CONSULT: "consult a colleague",
        Verb.RECOMMEND: "recommend a decision",
        Verb.COUNTERSIGN: "countersign",
        Verb.RETURN: "return it to review",
        Verb.DECIDE: "decide it",
        Verb.REFER: "refer it",
        Verb.RECORD_REPLY: "record the reply",
        Verb.CONDITIONS_MET: "confirm that its conditions are met",
        Verb.REEXAMINE: "bring it back to triage",
        Verb.SUSPEND: "put it on hold",
        Verb.REINSTATE: "lift the hold",
        Verb.REVOKE: "end the approval",
        Verb.EXPIRE: "let the approval run out",
        Verb.CLOSE: "close it",
        Verb.AMEND: "amend it",
        Verb.RENEW: "renew it",
        Verb.APPEAL: "appeal",
        Verb.UPHOLD: "uphold the decision",
        Verb.OVERTURN: "overturn the decision",
        Verb.WITHDRAW: "withdraw it",
        Verb.LAPSE: "let it lapse",
    }
)


def clock_effect(source: Status, target: Status) -> Clock:
    """What going from one status to another does to the office clock."""
    before, after = STAGES[source].waits, STAGES[target].waits
    if before == after:
        return Clock.NONE
    if after is Waits.NOBODY:
        return Clock.STOP
    if before is Waits.NOBODY:
        return Clock.START
    if after in (Waits.REQUESTER, Waits.AUTHORITY):
        return Clock.PAUSE
    return Clock.RESUME if before in (Waits.REQUESTER, Waits.AUTHORITY) else Clock.NONE


def public_name(status: Status, *, until: date | None = None) -> str:
    """What the requester reads; an approval says how long it lasts."""
    if status is Status.APPROVED and until is not None:
        return f"Approved until {until.day} {until:%B %Y}"
    return PUBLIC_NAMES[status]
