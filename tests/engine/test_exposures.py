"""Exposures: who receives what, on which way, of which country, under which papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from apps.engine.exposures import Exposure, every_nationality, exposures_of
from apps.engine.facts import Facts, read_facts
from apps.engine.nationality import Candidates
from apps.engine.refusal import Refusals
from tests.factories.engine import ABSENT, TODAY, document, edition, exposure

TO_HOME: Mapping[str, object] = {"releases.r1.who": "home"}


def found_in(whole: dict[str, object]) -> tuple[Exposure, ...]:
    return exposures_of(read_facts(whole), edition().law)


def refusals(whole: dict[str, object] | Facts) -> list[tuple[str, str]]:
    facts = whole if isinstance(whole, Facts) else read_facts(whole)
    with pytest.raises(Refusals) as raised:
        exposures_of(facts, edition().law)
    return [(no.code, no.where) for no in raised.value.items]


def test_every_recipient_of_every_thing_is_an_exposure_in_the_order_of_the_releases() -> None:
    whole = document({"releases.r1.who": ["lin", "home"], "items.other.nature": "service"})
    whole["releases"].insert(0, {"id": "r0", "who": "lin", "what": ["other", "thing"]})
    assert [found.key for found in found_in(whole)] == [
        "r0/lin/other",
        "r0/lin/thing",
        "r1/lin/thing",
        "r1/home/thing",
    ]


def test_naming_somebody_twice_is_naming_them_once() -> None:
    assert [one.key for one in found_in(document({"releases.r1.who": ["lin", "lin"]}))] == [
        "r1/lin/thing"
    ]


def test_a_person_and_an_organisation_are_told_apart_even_under_one_id() -> None:
    whole = document()
    whole["organisations"]["lin"] = {"country": "XB"}
    whole["people"]["lin"] = {}
    (found,) = found_in(whole)
    assert (found.is_person, found.recipient) == (True, {})
    assert exposure(TO_HOME).is_person is False


def test_a_case_that_releases_too_much_to_too_many_is_refused_before_anything_is_looked_at() -> (
    None
):
    many = [f"p{place}" for place in range(40)]
    whole = document({"releases.r1.who": many, "releases.r1.what": many[:26]})
    whole["people"] |= {name: {} for name in many}
    whole["items"] |= {name: {} for name in many[:26]}
    assert refusals(whole) == [("too_many_exposures", "releases")]
    whole["releases"][0]["what"] = many[:25]
    assert len(found_in(whole)) == 1000


def test_a_case_in_which_nobody_receives_anything_is_refused() -> None:
    assert refusals(Facts()) == [("no_exposure", "releases")]
    assert refusals(document({"releases.r1.who": []})) == [("no_exposure", "releases")]


@pytest.mark.parametrize("field", ["who", "what"])
@pytest.mark.parametrize("told", [ABSENT, "unknown"])
def test_a_release_of_nobody_knows_what_is_refused_and_never_left_out(
    field: str, told: object
) -> None:
    whole = document({f"releases.r1.{field}": told})
    whole["releases"].append({"id": "r2", "who": "lin", "what": "thing"})
    assert refusals(whole) == [("incomplete_release", f"releases.r1.{field}")]


@pytest.mark.parametrize(
    ("changes", "way", "missing"),
    [
        ({}, "deemed", ()),
        ({"releases.r1.where": "XB"}, "abroad", ()),
        ({"releases.r1.where": ABSENT}, None, ("releases.r1.where",)),
        ({"releases.r1.from": ABSENT}, "deemed", ()),
        (
            {"releases.r1.from": ABSENT, "activity.host": ABSENT},
            None,
            ("releases.r1.from",),
        ),
        ({"organisations.host.country": ABSENT}, None, ("organisations.host.country",)),
        ({"releases.r1.from": "lin"}, None, ("people.lin.located_in",)),
        ({"releases.r1.from": "lin", "people.lin.located_in": "XA"}, "deemed", ()),
        ({"releases.r1.from": "lin", "people.lin.located_in": "XB"}, "abroad", ()),
    ],
)
def test_it_stays_inside_the_givers_country_or_leaves_it(
    changes: Mapping[str, object], way: str | None, missing: tuple[str, ...]
) -> None:
    assert exposure(changes).route() == (way, missing)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, Candidates(("XC",))),
        ({"releases.r1.where": "XB"}, Candidates(("XB",))),
        (
            {"releases.r1.where": ABSENT},
            Candidates(any_country=True, missing=("releases.r1.where",)),
        ),
        (
            {"people.lin.citizenships": ABSENT},
            Candidates(any_country=True, missing=("people.lin.citizenships",)),
        ),
        ({"people.lin.citizenships": []}, Candidates(stateless=True)),
        (TO_HOME, Candidates(("XC",))),
        (
            {**TO_HOME, "organisations.home.country": ABSENT},
            Candidates(any_country=True, missing=("organisations.home.country",)),
        ),
    ],
)
def test_the_country_that_counts_is_the_recipients_inside_and_the_place_outside(
    changes: Mapping[str, object], counts: Candidates
) -> None:
    found = exposure(changes)
    assert found.country() == counts
    assert found.country() is found.country()


@pytest.mark.parametrize(
    ("window", "days"),
    [
        (ABSENT, (None, None)),
        ({"from": "2026-12-01"}, (date(2026, 12, 1), None)),
        ({"until": "2027-05-31"}, (None, date(2027, 5, 31))),
        ({"from": "unknown", "until": "2027-05-31"}, (None, date(2027, 5, 31))),
    ],
)
def test_a_window_may_be_open_at_either_end(
    window: object, days: tuple[date | None, date | None]
) -> None:
    assert exposure({"releases.r1.window": window}).window == days


@pytest.mark.parametrize(
    ("paper", "holds"),
    [
        ({}, True),
        ({"on": "2026-11-22"}, True),
        ({"on": "2026-11-23"}, False),
        ({"until": "2026-11-22"}, True),
        ({"until": "2026-11-21"}, False),
        ({"about": "lin"}, True),
        ({"about": "home"}, False),
        ({"about": "thing"}, True),
        ({"about": "other"}, False),
        ({"about": "r1"}, True),
        ({"about": "r2"}, False),
        ({"about": ["lin", "thing", "r1"]}, True),
        ({"about": ["lin", "other"]}, False),
        ({"about": ["home", "thing"]}, False),
        ({"about": []}, False),
        ({"about": ["unknown"]}, False),
        ({"about": ["unknown", "lin"]}, True),
        ({"about": "unknown"}, True),
    ],
)
def test_a_paper_holds_on_its_days_for_what_it_is_about(
    paper: dict[str, object], holds: bool
) -> None:
    whole = document({"papers": [{"kind": "nda", "signed": True, **paper}]})
    whole["items"]["other"] = {}
    whole["releases"].append({"id": "r2", "who": "home", "what": "other"})
    papers = found_in(whole)[0].papers(TODAY)
    assert (papers is not None and len(papers)) == holds


def test_of_papers_nothing_may_be_known() -> None:
    assert exposure({"papers": "unknown"}).papers(TODAY) is None
    assert exposure({"papers": []}).papers(TODAY) == ()


def test_every_nationality_counts_renounced_and_coming_ones_too() -> None:
    held = [{"country": "XA"}, {"country": "XB", "from": "2027-01-01"}]
    found = exposure({"people.lin.citizenships": held})
    countries = [part["country"] for part in every_nationality(found)[0] if isinstance(part, dict)]
    assert countries == ["XA", "XB"]
