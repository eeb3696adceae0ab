"""List hits: every party by its name, remembered once, never guessed away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.screening.domain.determine import determine_case
from apps.screening.domain.hits import Party, as_facts, hits_of, open_hits, parties_of, settle_hit
from apps.screening.enums import Cause, HitState
from apps.screening.models import Determination, ListHit
from apps.watchlists.models import ListVersion
from tests.factories.workflow import FREE, LISTED, NOON, TODAY, House, house, submitted

pytestmark = pytest.mark.django_db
LIN = Party("people", "visitor", LISTED)


def _found(home: House) -> ListHit:
    return ListHit.objects.get(case=submitted(home, FREE, **{"people.visitor.name": LISTED}))


def _settled(hit: ListHit, home: House, state: HitState = HitState.DISMISSED) -> ListHit:
    return settle_hit(hit.case, hit.pk, state=state, reason="Read.", by=home.triage, at=NOON)


def test_every_person_and_organisation_of_a_document_is_a_party() -> None:
    document: dict[str, object] = {
        "people": {"lin": {"name": {"value": "Lin", "source": "form"}}, "omar": {}},
        "organisations": {"home": {"name": "Home"}, "other": {"name": "unknown"}},
        "items": {"press": {"title": "Press"}},
    }
    assert parties_of(document) == (
        Party("people", "lin", "Lin"),
        Party("people", "omar", ""),
        Party("organisations", "home", "Home"),
        Party("organisations", "other", ""),
    )


def test_a_complete_search_of_a_name_says_no_hit_and_nothing_else_does() -> None:
    assert as_facts(LIN, (), complete=True) == []
    assert as_facts(LIN, (), complete=False) is None
    assert as_facts(Party("people", "visitor", ""), (), complete=True) is None


def test_an_incomplete_search_leaves_open_what_else_there_is() -> None:
    hit = _found(house())
    told = as_facts(LIN, (hit,), complete=False)
    assert told == [
        {"list": "XA-LIST", "party": LISTED, "state": "open", "all_items": True},
        "unknown",
    ]


def test_where_the_list_does_not_say_the_fact_does_not_either() -> None:
    hit = _found(house())
    hit.all_items = None
    assert as_facts(LIN, (hit,), complete=True) == [
        {"list": "XA-LIST", "party": LISTED, "state": "open"}
    ]


def test_what_was_settled_stays_settled_when_it_is_found_again() -> None:
    home = house()
    hit = _settled(_found(home), home)
    made = determine_case(
        hit.case, cause=Cause.REEXAMINATION, on=TODAY, at=NOON + timedelta(days=1)
    )
    assert ListHit.objects.count() == 1
    facts = made.facts["people"]["visitor"]["hits"]["value"]
    assert [fact["state"] for fact in facts] == ["dismissed"]
    assert (made.number, made.tier) == (2, "T1")


def test_a_known_hit_counts_even_while_lists_cannot_all_be_asked() -> None:
    home = house()
    hit = _settled(_found(home), home, HitState.CONFIRMED)
    ListVersion.objects.update(active=False)
    made = determine_case(hit.case, cause=Cause.REEXAMINATION, on=TODAY, at=NOON)
    assert not made.lists_complete
    assert made.outcome == "needs_information"
    assert Determination.objects.get(number=1).lists_complete


def test_open_hits_come_first_and_are_counted() -> None:
    home = house()
    first = _settled(_found(home), home)
    second = ListHit.objects.get(pk=first.pk)
    second.pk, second.listed_id, second.state = None, "south", HitState.OPEN.value
    second.reason, second.settled_by, second.settled_at = "", None, None
    second.save(force_insert=True)
    assert [hit.state for hit in hits_of(first.case)] == ["open", "dismissed"]
    assert open_hits(first.case) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"state": "dismissed"},
        {"state": "maybe"},
        {"settled_at": NOON},
        {"reason": "Because"},
    ],
)
def test_the_database_keeps_state_reason_person_and_time_together(
    change: dict[str, object],
) -> None:
    hit = _found(house())
    with pytest.raises(IntegrityError), transaction.atomic():
        ListHit.objects.filter(pk=hit.pk).update(**change)


def test_a_block_that_is_none_names_nobody() -> None:
    assert parties_of({"people": "unknown"}) == ()


def test_a_hit_is_spoken_of_in_words() -> None:
    assert str(_found(house())) == "people.visitor on XA-LIST: open"
