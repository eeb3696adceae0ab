"""The table of verbs: everything that can stand in history, with its payload and its sentence.

A sentence is never edited into another meaning: what happened stays told as it was. A new deed is
a new row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apps.audit.domain.shapes import Deed, Shape
from apps.engine.refusal import Refusal

MOVE: Shape = {"from": str, "to": str}
MOVED: Shape = {
    "version": int,
    "reason": str,
    "text": str,
    "outcome": str,
    "tier": str,
    "open": int,
    "office": str,
    "desk": str,
    "officer": str,
    "due_on": str,
    "approved_until": str,
    "determination": str,
    "edition": str,
    "decision": str,
    "recommendation": str,
    "signature": str,
    "questions": list,
    "facts": list,
    "conditions": list,
    "why": list,
    "lists": list,
}


def _move(verb: str, sentence: str) -> Deed:
    return Deed(verb, "case", sentence, needs=MOVE, may=MOVED)


MOVES = (
    _move("submit", "{by} submitted the request"),
    _move("discard", "{by} discarded the draft"),
    _move("screened", "{by} finished the checks"),
    _move("clear", "{by} cleared the request under the policy of the office"),
    _move("screening_failed", "{by} could not finish the checks"),
    _move("retry", "{by} started the checks again"),
    _move("take", "{by} took the request into review"),
    _move("adjudicate", "{by} settled a list hit or a fact"),
    _move("ask", "{by} asked the requester"),
    _move("answer", "{by} answered the office"),
    _move("approve", "{by} approved the request"),
    _move("recommend", "{by} recommended a decision"),
    _move("countersign", "{by} countersigned: {to}"),
    _move("return", "{by} returned the recommendation to the reviewer"),
    _move("decide", "{by} decided: {to}"),
    _move("refer", "{by} referred the request to an authority or a partner"),
    _move("record_reply", "{by} recorded the reply"),
    _move("conditions_met", "{by} found the conditions met"),
    _move("reexamine", "{by} reopened the review"),
    _move("suspend", "{by} suspended the approval"),
    _move("reinstate", "{by} reinstated the approval"),
    _move("revoke", "{by} revoked the approval"),
    _move("expire", "{by} noted that the approval has ended"),
    _move("close", "{by} closed the request"),
    _move("appeal", "{by} appealed"),
    _move("uphold", "{by} upheld the decision on appeal"),
    _move("overturn", "{by} overturned the decision on appeal: {to}"),
    _move("withdraw", "{by} withdrew the request"),
    _move("lapse", "{by} let the request lapse, since no answer came"),
)
SHARED: Shape = {"person": str, "scope": str, "since": str, "until": str}
HELD: Shape = {"office": str, "role": str, "since": str, "until": str}
LENT: Shape = {"delegate": str, "since": str, "until": str}
PLACE: Shape = {"slug": str, "name": str}
ON_CASES = (
    Deed("open_draft", "case", "{by} opened a draft", needs={"kind": str}),
    Deed(
        "save_facts",
        "case",
        "{by} saved answers",
        needs={"facts": list},
        may={"version": int, "source": str, "before": list, "after": list},
    ),
    Deed("describe", "case", "{by} described the request", needs={"version": int}),
    Deed("share", "case", "{by} shared the request", needs=SHARED),
    Deed("end_share", "case", "{by} ended a share of the request", needs=SHARED),
)
ON_CONDITIONS = (
    Deed(
        "meet_condition",
        "case",
        "{by} found a condition met: {conditions}",
        needs={"conditions": list},
        may={"version": int, "facts": list, "determination": str},
    ),
)
ON_PEOPLE = (
    Deed("person_registered", "person", "{by} registered the person", needs={"institution": str}),
    Deed("office_joined", "person", "{by} made the person {role} at {office}", needs=HELD),
    Deed("office_left", "person", "{by} ended the role {role} at {office}", needs=HELD),
    Deed("delegate_appointed", "person", "{by} appointed a delegate", needs=LENT),
    Deed("delegation_ended", "person", "{by} ended a delegation", needs=LENT),
    Deed(
        "token_issued",
        "person",
        "{by} issued the token {name}",
        needs={"token": str, "name": str, "until": str},
    ),
    Deed(
        "token_revoked",
        "person",
        "{by} revoked the token {name}",
        needs={"token": str, "name": str, "until": str},
    ),
)
ON_PLACES = tuple(
    Deed(f"{what}_founded", "institution", f"{{by}} put the {what} {{name}} on record", needs=PLACE)
    for what in ("institution", "unit", "facility", "office")
)
ON_LISTS = (
    Deed(
        "list_activated",
        "list",
        "{by} made version {version} the one that is searched",
        needs={"version": str, "digest": str, "entries": int, "replaced": str},
    ),
)
ON_EDITIONS = (
    Deed(
        "edition_loaded",
        "edition",
        "{by} loaded the edition",
        needs={"digest": str, "in_force_from": str, "rows": int},
    ),
    Deed(
        "edition_published",
        "edition",
        "{by} published the edition, deciding from {in_force_from}",
        needs={"digest": str, "in_force_from": str},
    ),
)
VERBS: Mapping[str, Deed] = MappingProxyType(
    {
        deed.verb: deed
        for deed in (
            *MOVES,
            *ON_CASES,
            *ON_CONDITIONS,
            *ON_PEOPLE,
            *ON_PLACES,
            *ON_LISTS,
            *ON_EDITIONS,
        )
    }
)


def verb_named(verb: str) -> Deed:
    """The row of a verb. Raises Refusal `unknown_verb`."""
    if verb not in VERBS:
        raise Refusal(
            code="unknown_verb",
            what="History knows no such verb.",
            where="verb",
            found=verb,
            valid=", ".join(sorted(VERBS)),
            remedy="Add a row to the table of verbs.",
        )
    return VERBS[verb]
