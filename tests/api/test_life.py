"""A case from draft to its end over the API, every answer held against the document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.engine.lifecycle import Role
from apps.screening.models import CaseDecision, Recommendation, Signature
from tests.api.life import CITIZEN, LISTED, OPEN, PLAIN, Visit, open_visit
from tests.factories.law import REGIME
from tests.factories.workflow import LICENCE

SignIn = Callable[[User], APIClient]
END = localdate() + timedelta(days=200)
LAST_DAY = END.isoformat()
RULING = {"outcome": "approve_with_conditions", "reason": "A licence is needed.", "until": LAST_DAY}
CONDITION = f"licence_{REGIME}"
pytestmark = pytest.mark.usefixtures("law")


@pytest.fixture
def recommended(rosa_asks: APIClient, otto: APIClient) -> Visit:
    """A listed case that waits for a second signature."""
    visit = open_visit(rosa_asks, LISTED)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    visit.done(otto, "recommend", **RULING)
    return visit


def verbs_of(visit: Visit) -> list[str]:
    """What the history tells, in order."""
    return [event["verb"] for event in visit.client.get(f"{visit.place}/history").json()]


def test_a_listed_case_takes_two_people_and_its_conditions(
    recommended: Visit, rosa_asks: APIClient, otto: APIClient, eva: APIClient
) -> None:
    visit = recommended
    assert (visit.seen["status"], visit.seen["tier"]) == ("awaiting_countersign", "T4")
    assert visit.done(eva, "countersign")["status"] == "conditions_pending"
    conditions = rosa_asks.get(f"{visit.place}/conditions").json()
    assert [(one["key"], one["met_at"]) for one in conditions] == [(CONDITION, None)]
    unproved = visit.do(otto, "conditions-met", evidence={CONDITION: "Somebody said so."})
    assert (unproved.status_code, unproved.json()["code"]) == (409, "unmet_approval_possible")
    assert rosa_asks.get(f"{visit.place}/conditions").json() == conditions
    assert verbs_of(visit)[:7] == [
        "open_draft",
        "save_facts",
        "submit",
        "screened",
        "take",
        "recommend",
        "countersign",
    ]


def test_whoever_recommends_cannot_sign_even_in_the_name_of_another(
    recommended: Visit, otto: APIClient, eva: APIClient, reviewer: User
) -> None:
    refused = recommended.do(otto, "countersign")
    assert (refused.status_code, refused.json()["code"]) == (403, "conflicted")
    for smuggled in ("signer", "by", "countersigner", "author"):
        forged = recommended.do(eva, "countersign", **{smuggled: str(reviewer.public_id)})
        assert (forged.status_code, forged.json()["code"]) == (422, "unknown_field")
    assert not Signature.objects.exists()


def test_of_two_officers_who_sign_at_once_one_wins_and_the_other_is_told(
    recommended: Visit, eva: APIClient, new_officer: Callable[..., User], signed_in: SignIn
) -> None:
    seen = recommended.seen["version"]
    ada = signed_in(new_officer("ada", Role.EMPOWERED_OFFICIAL))
    assert recommended.do(eva, "countersign", version=seen).status_code == 200
    late = recommended.do(ada, "countersign", version=seen)
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert (Signature.objects.count(), CaseDecision.objects.count()) == (1, 1)


def test_a_returned_recommendation_is_made_anew(
    recommended: Visit, otto: APIClient, eva: APIClient
) -> None:
    nothing_said = recommended.do(eva, "return", reason="  ")
    assert (nothing_said.status_code, nothing_said.json()["code"]) == (422, "missing_field")
    assert recommended.done(eva, "return", reason="Say which licence.")["status"] == "in_review"
    recommended.done(otto, "recommend", **RULING)
    assert Recommendation.objects.count() == 2


def test_a_plain_case_is_approved_at_triage_until_its_last_day(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    assert visit.done(rosa_asks, "submit")["outcome"] == "no_licence_required"
    endless = visit.do(otto, "approve", reason="Nothing controlled.")
    assert [error["path"] for error in endless.json()["errors"]] == ["until"]
    approved = visit.done(otto, "approve", reason="Nothing controlled.", until=LAST_DAY)
    assert (approved["status"], approved["approved_until"]) == ("approved", LAST_DAY)
    assert approved["status_name"] == f"Approved until {END.day} {END:%B %Y}"


def test_a_case_below_two_people_is_decided_by_one(rosa_asks: APIClient, otto: APIClient) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    refuse = visit.do(otto, "decide", outcome="refuse", reason="No.")
    assert (refuse.status_code, refuse.json()["code"]) == (409, "unmet_one_reviewer_enough")
    decided = visit.done(otto, "decide", outcome="approve", reason="Fine.", until=LAST_DAY)
    assert decided["status"] == "approved"


def test_an_approval_holds_once_its_conditions_are_met(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    nda = {"key": "nda", "text": "A non-disclosure agreement is signed."}
    ruling = {**RULING, "conditions": [nda]}
    assert visit.done(otto, "decide", **ruling)["status"] == "conditions_pending"
    evidence = {"nda": "Signed today."}
    refused = visit.do(rosa_asks, "conditions-met", evidence=evidence)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_entitled")
    strange = visit.do(otto, "conditions-met", evidence={"oath": "Sworn."})
    assert (strange.status_code, strange.json()["code"]) == (422, "unknown_condition")
    assert visit.done(otto, "conditions-met", evidence=evidence)["status"] == "approved"
    (met,) = rosa_asks.get(f"{visit.place}/conditions").json()
    assert (met["key"], met["evidence"], met["citation"]) == ("nda", "Signed today.", "")


def test_a_question_pauses_the_case_and_its_answer_settles_it(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, OPEN)
    assert visit.done(rosa_asks, "submit")["outcome"] == "needs_information"
    visit.done(otto, "take")
    asked = visit.done(otto, "ask", questions=[{"text": "Of which country?", "fact": CITIZEN}])
    assert asked["status"] == "awaiting_requester"
    (question,) = rosa_asks.get(f"{visit.place}/questions").json()
    assert (question["fact"], question["text"]) == (CITIZEN, "Of which country?")
    answered = visit.done(
        rosa_asks, "answer", answers={str(question["id"]): [{"country": LICENCE}]}
    )
    assert (answered["outcome"], answered["status"]) == ("licence_required", "triage")
    assert rosa_asks.get(f"{visit.place}/questions").json() == []


def test_an_answer_to_no_question_is_refused(rosa_asks: APIClient, otto: APIClient) -> None:
    visit = open_visit(rosa_asks, OPEN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "ask", questions=[{"text": "Why?"}])
    for answers in ({}, {"0": []}, {"x": []}, {"99": []}, {"²": []}, {"9" * 40: ""}, [], None, "1"):
        assert visit.do(rosa_asks, "answer", answers=answers).status_code == 422, answers


UNASKABLE: list[object] = [
    None,
    [],
    "Why?",
    [7],
    [{}],
    [{"text": " "}],
    [{"text": "x" * 2001}],
    [{"text": "?", "to": 1}],
    [{"text": "?", "fact": "people.visitor.colour"}],
    [{"text": "?", "fact": 1}],
    [{"text": "?", "fact": "people.visitor.visa"}] * 2,
    [{"text": "?"}] * 101,
]


def test_a_question_nobody_can_answer_is_not_asked(rosa_asks: APIClient, otto: APIClient) -> None:
    visit = open_visit(rosa_asks, OPEN)
    visit.done(rosa_asks, "submit")
    for questions in UNASKABLE:
        assert visit.do(otto, "ask", questions=questions).status_code == 422, questions
    assert visit.seen["status"] == "triage"


def test_a_request_is_taken_back_by_its_requester_alone(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    visit.done(rosa_asks, "submit")
    refused = visit.do(otto, "withdraw", reason="Not mine.")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_entitled")
    assert visit.done(rosa_asks, "withdraw", reason="No visit.")["status"] == "withdrawn"


def test_a_draft_is_thrown_away_and_a_sent_request_is_not(rosa_asks: APIClient) -> None:
    draft, sent = open_visit(rosa_asks, PLAIN), open_visit(rosa_asks, PLAIN)
    sent.done(rosa_asks, "submit")
    assert draft.done(rosa_asks, "discard")["status"] == "discarded"
    refused = sent.do(rosa_asks, "discard")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_from_here")


def test_a_submission_that_is_refused_leaves_the_draft_as_it_was(rosa_asks: APIClient) -> None:
    nameless = {path: value for path, value in PLAIN.items() if not path.endswith(".name")}
    visit = open_visit(rosa_asks, nameless)
    before = visit.seen
    refused = visit.do(rosa_asks, "submit")
    assert refused.status_code == 422
    assert [error["path"] for error in refused.json()["errors"]] == ["people.visitor.name"]
    assert visit.seen == before
    assert verbs_of(visit) == ["open_draft", "save_facts"]


def test_a_submission_sent_twice_happens_once(rosa_asks: APIClient) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    sent = [
        rosa_asks.post(f"{visit.place}/submit", {"version": 2}, headers={"idempotency-key": "s-1"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert verbs_of(visit).count("submit") == 1


def test_while_the_office_works_answers_stand_still(rosa_asks: APIClient) -> None:
    visit = open_visit(rosa_asks, PLAIN)
    version = visit.done(rosa_asks, "submit")["version"]
    body: dict[str, Any] = {"facts": {"activity.nature": "education"}, "version": version}
    refused = rosa_asks.patch(f"{visit.place}/facts", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_answerable")


def test_an_officer_establishes_what_the_requester_cannot_know(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, OPEN)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    facts = {CITIZEN: [{"country": LICENCE}]}
    told = visit.done(otto, "establish", facts=facts, reason="Seen the papers.")
    assert told["outcome"] == "licence_required"


def test_a_case_is_referred_and_goes_on_with_the_reply(
    rosa_asks: APIClient, otto: APIClient
) -> None:
    visit = open_visit(rosa_asks, LISTED)
    visit.done(rosa_asks, "submit")
    visit.done(otto, "take")
    assert visit.done(otto, "refer", reason="The authority decides.")["status"] == "referred"
    assert visit.done(otto, "record-reply", reply="Apply for it.")["status"] == "in_review"
