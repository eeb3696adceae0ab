"""What a determination keeps: inputs as read, counted and digested alike on any database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.engine.refusal import Refusal
from apps.screening.domain.compare import stricter
from apps.screening.domain.determine import canonical, determine_case, document_digest
from apps.screening.domain.opinions import decisions_of, recommendations_of
from apps.screening.domain.queries import determinations_of, standing_determination
from apps.screening.enums import Cause
from apps.screening.models import CaseDecision, Determination, Recommendation
from apps.workflow.domain.case.countersign import countersign
from tests.factories.screening import determined
from tests.factories.workflow import NOON, TODAY, draft, house, recommended

pytestmark = pytest.mark.django_db


def _row(**figures: object) -> Determination:
    given = {"tier": "T2", "outcome": "no_licence_required", "open": 0, "lists_complete": True}
    return Determination(**{**given, **figures})


@pytest.mark.parametrize(
    ("change", "is_stricter"),
    [
        ({}, False),
        ({"tier": "T3"}, True),
        ({"tier": "T1"}, False),
        ({"outcome": "licence_required"}, True),
        ({"outcome": "excluded"}, False),
        ({"outcome": "needs_information"}, True),
        ({"open": 1}, True),
        ({"lists_complete": False}, True),
    ],
)
def test_a_higher_tier_or_a_worse_outcome_is_stricter(
    change: dict[str, object], is_stricter: bool
) -> None:
    assert stricter(_row(), _row(**change)) is is_stricter


def test_an_outcome_that_becomes_known_is_not_worse_and_a_first_one_is_new() -> None:
    unknown = _row(outcome="needs_information", open=1)
    assert not stricter(unknown, _row(outcome="licence_required"))
    assert stricter(None, _row())


def test_equal_documents_have_equal_digests_whatever_the_order_and_the_writing() -> None:
    one = {"b": {"x": Decimal("1.0"), "y": [1]}, "a": "t"}
    other = {"a": "t", "b": {"y": [1], "x": 1}}
    assert document_digest(one) == document_digest(other)
    assert list(canonical(one)) == ["a", "b"]


def test_the_same_facts_determined_again_give_the_same_digest() -> None:
    made = determined(house())
    again = determine_case(made.case, cause=Cause.REEXAMINATION, on=TODAY, at=NOON)
    assert (again.number, again.digest, again.record) == (2, made.digest, made.record)


def test_determinations_are_read_newest_first_without_their_weight() -> None:
    made = determined(house())
    determine_case(made.case, cause=Cause.REEXAMINATION, on=TODAY, at=NOON)
    rows = determinations_of(made.case)
    assert [row.number for row in rows] == [2, 1]
    assert rows[0].get_deferred_fields() == {"facts", "record"}


def test_a_draft_has_no_determination_that_counts() -> None:
    with pytest.raises(Refusal) as refused:
        standing_determination(draft(house()))
    assert refused.value.code == "not_determined"


def test_opinions_and_decisions_are_read_with_their_people() -> None:
    home = house()
    case = recommended(home)
    countersign(case, by=home.official, version=case.version, at=NOON, text="Agreed.")
    (opinion,) = recommendations_of(case)
    assert (opinion.author, [row.signer for row in opinion.signatures.all()]) == (
        home.reviewer,
        [home.official],
    )
    (decided,) = decisions_of(case)
    assert (decided.decided_by, decided.recommendation) == (home.official, opinion)


@pytest.mark.parametrize(
    "change",
    [{"until": None}, {"text": ""}, {"outcome": "maybe"}, {"version": 1}],
)
def test_the_database_refuses_a_recommendation_without_end_words_or_sense(
    change: dict[str, object],
) -> None:
    made = recommendations_of(recommended(house()))[0]
    made.pk, made.version = None, 2
    for name, value in change.items():
        setattr(made, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize("change", [{"until": None}, {"reason": ""}, {"outcome": "refuse"}])
def test_the_database_refuses_a_decision_without_end_reason_or_second_person(
    change: dict[str, object],
) -> None:
    home = house()
    case = recommended(home)
    made = CaseDecision(
        case=case,
        number=1,
        determination=standing_determination(case),
        outcome="approve",
        reason="Plain.",
        until=TODAY,
        decided_by=home.official,
        decided_at=NOON,
    )
    for name, value in change.items():
        setattr(made, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
