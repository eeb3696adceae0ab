"""Names are searched in the active version of every list, in a fixed number of queries."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from apps.watchlists.domain.files import read_lists
from apps.watchlists.domain.load import load_list
from apps.watchlists.domain.names import Words
from apps.watchlists.domain.search import search_files, search_names
from apps.watchlists.models import Entry, EntryName, ListVersion
from tests.factories.watchlists import DocumentFactory, PartyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LISTS = Path(__file__).parents[2] / "fixtures" / "watchlists"


def load(**changes):
    return load_list(DocumentFactory(**changes), by="system:watchlist_load", at=AT)


def test_without_any_list_the_search_is_incomplete():
    result = search_names(["University of the North"], on=TODAY)
    assert (result.state, result.why, result.hits) == ("incomplete", "no list is loaded", ())


def test_a_name_is_found_under_its_alias():
    load()
    (hit,) = search_names(["unorth"], on=TODAY).hits
    assert (hit.party, hit.matched_name, hit.how) == (
        "University of the North",
        "UNorth",
        "exact",
    )


def test_a_version_that_is_no_longer_active_is_not_searched():
    load()
    load(as_of=date(2026, 8, 7), parties=(PartyFactory(name="University of the West"),))
    result = search_names(["University of the North", "West University"], on=TODAY)
    assert [(hit.party, hit.how) for hit in result.hits] == [
        ("University of the West", "reordered")
    ]
    assert [version.version for version in result.versions] == ["2026-08-07"]


def test_a_list_without_an_active_version_makes_the_search_incomplete():
    load()
    load(code="XB-LIST")
    ListVersion.objects.filter(source__code="XB-LIST").update(active=False)
    result = search_names(["University of the North"], on=TODAY)
    assert (result.state, result.why) == ("incomplete", "XB-LIST: no active version")
    assert [hit.list for hit in result.hits] == ["XA-LIST"]


def test_a_version_that_lost_entries_makes_the_search_incomplete():
    load()
    EntryName.objects.filter(entry__party_id="north").delete()
    Entry.objects.filter(party_id="north").delete()
    result = search_names(["University of the North"], on=TODAY)
    assert (result.state, result.why, result.hits) == (
        "incomplete",
        "XA-LIST: version 2026-07-31 holds 1 of 2 entries",
        (),
    )


def test_lists_normalised_with_other_words_are_asked_with_their_own():
    load()
    bare = (PartyFactory(name="The University of the North"),)
    load(code="XB-LIST", words=Words(), parties=bare)
    result = search_names(["University of the North"], on=TODAY)
    assert [(hit.list, hit.how) for hit in result.hits] == [("XA-LIST", "exact")]


def test_database_and_files_give_the_same_answer():
    for document in read_lists(LISTS):
        load_list(document, by="system:watchlist_load", at=AT)
    names = [
        "Moscow Aviation Institute",
        "University of Tianjin",
        "SMIC",
        "Technical University of Denmark",
        "MAI",
        "??",
    ]
    assert search_names(names, on=TODAY) == search_files(LISTS, names, on=TODAY)


@pytest.mark.parametrize("count", [1, 3, 200])
def test_a_search_takes_three_queries_for_any_number_of_names(count, django_assert_num_queries):
    load()
    load(code="XB-LIST")
    names = [f"University of the North {number}" for number in range(count)]
    with django_assert_num_queries(3):
        search_names(names, on=TODAY)
