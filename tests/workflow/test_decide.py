"""Deciding: alone where one may, by two where two are needed, never by the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.audit.domain.history import events_of
from apps.cases.models import Case, Condition
from apps.engine.lifecycle import Decision
from apps.engine.refusal import Refusal
from apps.notices.models import Notice
from apps.routing.models import Assignment
from apps.screening.domain.ruling import Ruling
from apps.screening.enums import HitState
from apps.screening.models import CaseDecision, Determination, ListHit, Recommendation, Signature
from apps.workflow.domain.case.adjudicate import adjudicate_hit
from apps.workflow.domain.case.countersign import countersign, return_to_review
from apps.workflow.domain.case.decide import (
    approve_case,
    decide_case,
    record_reply,
    refer_case,
)
from apps.workflow.domain.case.recommend import recommend
from apps.workflow.domain.case.reexamine import reexamine_case
from apps.workflow.domain.case.take import take_case
from tests.factories.workflow import (
    EXCEPTION,
    FREE,
    LICENCE,
    LISTED,
    NOON,
    TODAY,
    UNTIL,
    House,
    house,
    in_review,
    recommended,
    submitted,
)

pytestmark = pytest.mark.django_db
APPROVE = Ruling(outcome=Decision.APPROVE, reason="Nothing is controlled.", until=UNTIL)
CONDITIONS = replace(APPROVE, outcome=Decision.APPROVE_WITH_CONDITIONS)
REFUSE = Ruling(outcome=Decision.REFUSE, reason="The law bars it.")
REFER = Ruling(outcome=Decision.REFER, reason="A licence is needed.")


def _ruled(case: Case, home: House, ruling: Ruling) -> Case:
    return decide_case(case, ruling, by=home.reviewer, version=case.version, at=NOON)


def _signed(case: Case, home: House) -> Case:
    return countersign(case, by=home.official, version=case.version, at=NOON)


def test_a_plain_case_is_approved_at_triage_until_a_day() -> None:
    home = house()
    case = submitted(home, FREE)
    approve_case(case, reason="Plain.", until=UNTIL, by=home.triage, version=case.version, at=NOON)
    assert (case.status, case.approved_until, case.due_on) == ("approved", UNTIL, None)
    decided = CaseDecision.objects.get(case=case)
    assert (decided.outcome, decided.reason, decided.until, decided.decided_by) == (
        "approve",
        "Plain.",
        UNTIL,
        home.triage,
    )
    assert not Assignment.objects.filter(case=case, until__isnull=True).exists()
    told = Notice.objects.filter(to=case.owner).latest("pk")
    assert told.subject == f"{case.reference}: Approved until 31 May 2027"


@pytest.mark.parametrize(
    ("country", "until", "code"),
    [
        (FREE, None, "unmet_approval_possible"),
        (FREE, TODAY, "unmet_approval_possible"),
        (EXCEPTION, UNTIL, "unmet_approval_possible"),
        (LICENCE, UNTIL, "unmet_approval_possible"),
        (None, UNTIL, "unmet_approval_possible"),
    ],
)
def test_triage_approves_nothing_that_is_open_or_endless(
    country: str | None, until: date | None, code: str
) -> None:
    home = house()
    case = submitted(home, country)
    with pytest.raises(Refusal) as refused:
        approve_case(
            case, reason="Plain.", until=until, by=home.triage, version=case.version, at=NOON
        )
    assert refused.value.code == code
    assert Case.objects.get(pk=case.pk).status == "triage"


def test_triage_approves_nothing_above_tier_one() -> None:
    home = house()
    case = submitted(home, EXCEPTION, **{"papers.tsr_assurance.signed": True})
    with pytest.raises(Refusal) as refused:
        approve_case(
            case, reason="Plain.", until=UNTIL, by=home.triage, version=case.version, at=NOON
        )
    assert refused.value.code == "unmet_low_tier"


def test_one_officer_decides_what_is_not_above_tier_two() -> None:
    home = house()
    case = _ruled(in_review(home, FREE), home, APPROVE)
    assert (case.status, case.approved_until) == ("approved", UNTIL)


@pytest.mark.parametrize(
    ("country", "ruling", "code"),
    [
        (EXCEPTION, CONDITIONS, "unmet_one_reviewer_enough"),
        (LICENCE, CONDITIONS, "unmet_one_reviewer_enough"),
        (FREE, REFUSE, "unmet_one_reviewer_enough"),
        (FREE, replace(APPROVE, reason=""), "reason_required"),
        (FREE, replace(APPROVE, until=None), "unmet_approval_possible"),
        (FREE, CONDITIONS, "no_condition"),
    ],
)
def test_nobody_decides_alone_what_takes_two_a_reason_an_end_or_a_condition(
    country: str, ruling: Ruling, code: str
) -> None:
    home = house()
    case = in_review(home, country)
    with pytest.raises(Refusal) as refused:
        _ruled(case, home, ruling)
    assert refused.value.code == code
    assert (Case.objects.get(pk=case.pk).status, CaseDecision.objects.count()) == ("in_review", 0)


def test_an_open_hit_stands_in_the_way_of_an_approval_and_not_of_a_referral() -> None:
    home = house()
    case = in_review(home, FREE, **{"people.visitor.name": LISTED})
    with pytest.raises(Refusal) as refused:
        _ruled(case, home, APPROVE)
    assert refused.value.code == "unmet_hits_settled"
    assert _ruled(Case.objects.get(pk=case.pk), home, REFER).status == "referred"


def test_a_referred_case_comes_back_into_review_with_the_reply() -> None:
    home = house()
    case = in_review(home, LICENCE)
    refer_case(case, reason="Ask.", by=home.reviewer, version=case.version, at=NOON)
    assert case.status == "referred"
    record_reply(case, reply="Granted.", by=home.reviewer, version=case.version, at=NOON)
    assert case.status == "in_review"
    assert events_of(f"case:{case.reference}")[-1].payload["reason"] == "Granted."


def test_a_recommendation_where_two_are_needed_waits_for_the_second() -> None:
    home = house()
    case = recommended(home)
    made = Recommendation.objects.get(case=case)
    assert case.status == "awaiting_countersign"
    assert (made.version, made.author, made.requester, made.outcome, made.until) == (
        1,
        home.reviewer,
        home.researcher,
        "approve_with_conditions",
        UNTIL,
    )
    told = set(Notice.objects.filter(event="case.recommend").values_list("to", flat=True))
    assert told == {home.second.pk, home.official.pk}


def test_a_recommendation_where_one_is_enough_stays_in_review() -> None:
    home = house()
    case = in_review(home, FREE)
    recommend(case, APPROVE, by=home.second, version=case.version, at=NOON)
    assert case.status == "in_review"
    assert _ruled(case, home, APPROVE).status == "approved"


def test_the_second_signature_decides_and_sets_the_conditions_of_the_law() -> None:
    home = house()
    case = _signed(recommended(home), home)
    assert (case.status, case.approved_until) == ("conditions_pending", UNTIL)
    signed = Signature.objects.get(recommendation__case=case)
    assert (signed.author, signed.signer) == (home.reviewer, home.official)
    condition = Condition.objects.get(case=case)
    assert (condition.key, condition.citation, condition.met_at) == (
        "tsr_assurance",
        "1 XA 6",
        None,
    )
    decided = CaseDecision.objects.get(case=case)
    assert (decided.recommendation, decided.decided_by) == (signed.recommendation, home.official)


def test_the_author_cannot_sign() -> None:
    home = house()
    case = recommended(home)
    with pytest.raises(Refusal) as refused:
        countersign(case, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "conflicted"
    assert Signature.objects.count() == 0


def test_a_party_of_the_activity_cannot_sign() -> None:
    home = house()
    case = recommended(home)
    home.official.display_name = "lin  INVENTED"
    home.official.save()
    with pytest.raises(Refusal) as refused:
        _signed(case, home)
    assert refused.value.code == "conflicted"


@pytest.mark.parametrize(
    ("country", "outcome"), [(LICENCE, Decision.APPROVE_WITH_CONDITIONS), (FREE, Decision.REFUSE)]
)
def test_tier_four_and_every_refusal_take_an_empowered_official(
    country: str, outcome: Decision
) -> None:
    home = house()
    case = recommended(home, country, outcome=outcome)
    with pytest.raises(Refusal) as refused:
        countersign(case, by=home.second, version=case.version, at=NOON)
    assert refused.value.code == "unmet_empowered_signs"
    assert _signed(Case.objects.get(pk=case.pk), home).status in {"conditions_pending", "refused"}


def test_at_tier_three_another_officer_may_sign() -> None:
    home = house()
    case = recommended(home)
    countersign(case, by=home.second, version=case.version, at=NOON)
    assert case.status == "conditions_pending"


def test_a_refusal_says_why_and_by_whom_and_has_no_end() -> None:
    home = house()
    case = _signed(recommended(home, LICENCE, outcome=Decision.REFUSE), home)
    decided = CaseDecision.objects.get(case=case)
    assert (case.status, case.approved_until) == ("refused", None)
    assert (decided.outcome, decided.reason, decided.until) == (
        "refuse",
        "All is in order.",
        None,
    )


def test_a_returned_recommendation_is_changed_as_a_new_version_without_signatures() -> None:
    home = house()
    case = recommended(home)
    return_to_review(case, reason="Read it again.", by=home.official, version=case.version, at=NOON)
    assert case.status == "in_review"
    recommend(
        case,
        replace(CONDITIONS, reason="Read again."),
        by=home.second,
        version=case.version,
        at=NOON,
    )
    versions = Recommendation.objects.filter(case=case).order_by("version")
    assert [(row.version, row.author, row.signatures.count()) for row in versions] == [
        (1, home.reviewer, 0),
        (2, home.second, 0),
    ]
    countersign(case, by=home.reviewer, version=case.version, at=NOON)  # no longer the author
    assert case.status == "conditions_pending"


def test_a_licence_can_be_a_condition_and_a_bar_cannot() -> None:
    home = house()
    case = _signed(recommended(home, LICENCE), home)
    assert Condition.objects.get(case=case).key == "licence_XA-LAW"


@pytest.mark.parametrize("outcome", [Decision.APPROVE, Decision.APPROVE_WITH_CONDITIONS])
def test_what_the_law_bars_can_be_neither_approved_nor_conditioned(outcome: Decision) -> None:
    home = house()
    case = submitted(home, FREE, **{"people.visitor.name": LISTED})
    adjudicate_hit(
        case,
        hit_id=ListHit.objects.get(case=case).pk,
        state=HitState.CONFIRMED,
        reason="The same institute.",
        by=home.triage,
        version=case.version,
        at=NOON,
    )
    take_case(case, by=home.reviewer, version=case.version, at=NOON)
    ruling = replace(APPROVE, outcome=outcome)
    with pytest.raises(Refusal) as refused:
        recommend(case, ruling, by=home.reviewer, version=case.version, at=NOON)
    assert refused.value.code == "unmet_approval_possible"
    recommend(case, REFUSE, by=home.reviewer, version=case.version, at=NOON)
    assert case.status == "awaiting_countersign"


def test_a_recommendation_on_an_earlier_determination_does_not_stand() -> None:
    home = house()
    case = recommended(home)
    reexamine_case(case, version=case.version, at=NOON + timedelta(days=1))
    assert case.status == "awaiting_countersign"  # not stricter
    with pytest.raises(Refusal) as refused:
        _signed(case, home)
    assert refused.value.code == "unmet_recommendation_stands"


def test_where_nothing_is_recommended_nothing_is_signed() -> None:
    home = house()
    case = in_review(home)
    Case.objects.filter(pk=case.pk).update(status="awaiting_countersign")
    with pytest.raises(Refusal) as refused:
        countersign(case, by=home.official, version=case.version, at=NOON)
    assert refused.value.code == "nothing_recommended"


def test_rows_are_spoken_of_in_words() -> None:
    home = house()
    case = recommended(home)
    countersign(case, by=home.official, version=case.version, at=NOON)
    recommendation, signature = Recommendation.objects.get(), Signature.objects.get()
    assert str(recommendation) == f"recommendation 1 of case {case.pk}"
    assert str(signature) == f"signature {signature.pk} under {recommendation.pk}"
    assert str(CaseDecision.objects.get()) == f"decision 1 of case {case.pk}"
    assert str(Assignment.objects.first()) == f"case {case.pk} with office {home.office.pk}"
    assert str(Determination.objects.first()) == f"determination 1 of case {case.pk}"
