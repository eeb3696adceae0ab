"""A new version is loaded beside the old one and switched in one step."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Event
from apps.engine.refusal import Refusal
from apps.watchlists.domain.load import load_list
from apps.watchlists.models import Entry, EntryName, ListSource, ListVersion
from tests.factories.watchlists import DocumentFactory, PartyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = date(2026, 8, 7)


def load(**changes):
    return load_list(DocumentFactory(**changes), by="system:watchlist_load", at=AT)


def versions():
    return [(row.version, row.active) for row in ListVersion.objects.order_by("as_of", "id")]


def test_the_first_load_makes_its_version_the_active_one():
    done = load()
    assert (done.list, done.entries, done.replaced, done.changed) == ("XA-LIST", 2, "", True)
    assert versions() == [("2026-07-31", True)]
    assert Entry.objects.count() == 2


def test_every_spelling_of_a_party_is_kept_with_its_kind():
    load()
    names = EntryName.objects.filter(entry__party_id="south").order_by("id")
    assert [(row.name, row.kind, row.plain) for row in names] == [
        ("Southern Institute (SI)", "primary", "southern institute si"),
        ("Southern Institute", "short", "southern institute"),
        ("SI", "short", "si"),
    ]


def test_loading_again_changes_nothing():
    first = load()
    again = load()
    assert (again.digest, again.changed) == (first.digest, False)
    assert versions() == [("2026-07-31", True)]
    assert (Entry.objects.count(), Event.objects.count()) == (2, 1)


def test_a_newer_version_replaces_the_active_one_and_both_stay():
    first = load()
    second = load(as_of=LATER)
    assert (second.replaced, second.changed) == (first.digest, True)
    assert versions() == [("2026-07-31", False), ("2026-08-07", True)]


def test_a_corrected_version_of_the_same_day_replaces_it_and_can_be_taken_back():
    first = load()
    load(parties=(PartyFactory(),))
    back = load()
    assert (back.digest, back.changed) == (first.digest, True)
    assert versions() == [("2026-07-31", True), ("2026-07-31", False)]


def test_the_switch_stands_in_history():
    first = load()
    load(as_of=LATER)
    event = Event.objects.order_by("id").last()
    assert (event.subject, event.verb, event.by) == (
        "list:XA-LIST",
        "list_activated",
        "system:watchlist_load",
    )
    assert (event.payload["version"], event.payload["replaced"]) == ("2026-08-07", first.digest)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": ()}, "empty_list"),
        ({"as_of": date(2026, 7, 30)}, "older_list"),
        ({"as_of": LATER, "published_entries": 1}, "too_few_published"),
        ({"as_of": date(2027, 1, 1)}, "future_list"),
    ],
)
def test_a_refused_version_leaves_the_active_one(changes, code):
    load()
    with pytest.raises(Refusal) as refused:
        load(**changes)
    assert refused.value.code == code
    assert versions() == [("2026-07-31", True)]


def test_a_load_that_fails_half_way_leaves_the_active_version():
    load()
    doubled = (PartyFactory(party_id="same"), PartyFactory(party_id="same"))
    with pytest.raises(IntegrityError), transaction.atomic():
        load(as_of=LATER, parties=doubled)
    assert versions() == [("2026-07-31", True)]
    assert Event.objects.count() == 1


def test_the_database_allows_one_active_version_of_a_list():
    load()
    load(as_of=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListVersion.objects.update(active=True)


def test_the_database_refuses_a_version_that_holds_nothing():
    load()
    with pytest.raises(IntegrityError), transaction.atomic():
        ListVersion.objects.update(entries_count=0)


def test_the_present_wording_of_a_source_is_kept():
    load()
    load(title="A list, renamed", as_of=LATER)
    assert ListSource.objects.get().title == "A list, renamed"
