"""The facts of a case: answers, record and what goes without saying, each with its source."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.cases.domain.facts import facts_of
from apps.cases.models import CaseFact
from apps.engine.facts import read_facts
from tests.factories.accounts import NOON, InstitutionFactory, PersonFactory
from tests.factories.cases import CaseFactory, answer

pytestmark = pytest.mark.django_db
RECORD = "record of the institution"
REQUEST = "kind of request"


def test_an_empty_draft_says_what_is_asked_and_who_hosts() -> None:
    host = InstitutionFactory.create(name="Demo University", country="XA", kind="university")
    case = CaseFactory.create(owner=PersonFactory.create(institution=host))
    assert facts_of(case) == {
        "activity": {
            "kind": {"value": "visit", "source": REQUEST},
            "host": {"value": "host", "source": RECORD},
        },
        "organisations": {
            "host": {
                "name": {"value": "Demo University", "source": RECORD},
                "country": {"value": "XA", "source": RECORD},
                "kind": {"value": "university", "source": RECORD},
            }
        },
    }


def test_a_way_comes_from_the_host_and_goes_to_the_visitor_unless_answered() -> None:
    case = CaseFactory.create()
    answer(case, "releases.way.how", "training")
    answer(case, "releases.way2.who", ["helper"])
    releases = facts_of(case)["releases"]
    assert releases == [
        {
            "id": "way",
            "how": "training",
            "from": {"value": "host", "source": REQUEST},
            "who": {"value": "visitor", "source": REQUEST},
        },
        {"id": "way2", "who": ["helper"], "from": {"value": "host", "source": REQUEST}},
    ]


def test_a_way_is_about_the_technology_where_only_one_is_named() -> None:
    case = CaseFactory.create()
    answer(case, "releases.way.how", "training")
    answer(case, "items.press.nature", "technology")
    (way,) = read_facts(facts_of(case)).releases
    assert (way["what"].value, way["what"].source) == (("press",), REQUEST)
    answer(case, "items.manual.nature", "technology")
    (way,) = read_facts(facts_of(case)).releases
    assert "what" not in way


def test_whoever_is_named_but_not_described_stands_there_empty() -> None:
    case = CaseFactory.create()
    answer(case, "releases.way.what", ["press", "manual"])
    answer(case, "items.press.nature", "technology")
    answer(case, "people.visitor.employer", "home")
    answer(case, "people.helper.employer", "unknown")
    document = facts_of(case)
    assert document["items"] == {"press": {"nature": "technology"}, "manual": {}}
    organisations = document["organisations"]
    assert isinstance(organisations, dict)
    assert organisations["home"] == {}
    assert set(organisations) == {"home", "host"}
    assert read_facts(document).items.keys() == {"press", "manual"}


def test_an_organisation_may_receive_too() -> None:
    case = CaseFactory.create()
    answer(case, "organisations.home.country", "XB")
    answer(case, "releases.way.who", "home")
    assert "people" not in facts_of(case)


def test_source_and_date_of_an_answer_are_kept() -> None:
    case = CaseFactory.create()
    CaseFact.objects.create(
        case=case,
        path="items.cell.measures.specific_energy",
        value={"value": 400, "unit": "Wh/kg"},
        source="data sheet",
        as_of=date(2026, 10, 1),
        by=case.owner,
        at=NOON,
    )
    document = facts_of(case)
    assert document["items"] == {
        "cell": {
            "measures": {
                "specific_energy": {
                    "value": 400,
                    "unit": "Wh/kg",
                    "source": "data sheet",
                    "as_of": "2026-10-01",
                }
            }
        }
    }
    fact = read_facts(document).items["cell"]["measures.specific_energy"]
    assert (str(fact.value), fact.source, fact.as_of) == (
        "400 Wh/kg",
        "data sheet",
        date(2026, 10, 1),
    )


@pytest.mark.parametrize("size", [1, 3, 30])
def test_making_the_document_takes_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = CaseFactory.create()
    for number in range(size):
        answer(case, f"items.t{number}.title", "x")
    with django_assert_num_queries(1):
        facts_of(case)
