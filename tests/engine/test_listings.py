"""Conditions over list hits: whose, of which lists, and what is open while nobody adjudicated."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.conditions.tree import Read
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import ABSENT, leaf, refused, seen

Written = Mapping[str, object]
TO_HOME: Written = {"releases.r1.who": "home"}


def hit(of: str = "recipient", **more: object) -> Written:
    return {"hit": {"of": f"exposure.{of}", "lists": ["XA-LIST"], **more}}


def listed(state: str = "confirmed", code: str = "XA-LIST", **more: object) -> list[object]:
    return [{"list": code, "party": "a party", "state": state, **more}]


@pytest.mark.parametrize(
    ("hits", "truth"),
    [
        ([], FALSE),
        (listed(), TRUE),
        (listed("open"), UNKNOWN),
        (listed("dismissed"), FALSE),
        (listed(code="XB-LIST"), FALSE),
        ([*listed("dismissed"), *listed("open")], UNKNOWN),
        ([*listed("open"), *listed()], TRUE),
        (["unknown"], UNKNOWN),
        (["unknown", *listed()], TRUE),
        ([{"list": "XA-LIST", "party": "x", "state": "unknown"}], UNKNOWN),
        (ABSENT, UNKNOWN),
    ],
)
def test_a_hit_counts_once_it_is_confirmed_and_is_open_until_then(hits: object, truth: int) -> None:
    found = seen(hit(), {"people.lin.hits": hits})
    assert found.truth == truth
    assert found.missing == (("people.lin.hits",) if truth == UNKNOWN else ())


@pytest.mark.parametrize(
    ("told", "wanted", "truth"),
    [
        (True, True, TRUE),
        (True, False, FALSE),
        (False, False, TRUE),
        ("unknown", True, UNKNOWN),
        ("unknown", False, UNKNOWN),
    ],
)
def test_an_entry_may_cover_all_items_or_some(told: object, wanted: bool, truth: int) -> None:
    hits = {"people.lin.hits": listed(all_items=told)}
    assert seen(hit(all_items=wanted), hits).truth == truth
    assert seen(hit(), hits).truth == TRUE


@pytest.mark.parametrize(
    ("of", "changes", "truth"),
    [
        ("recipient", {"organisations.home.hits": listed()}, FALSE),
        ("recipient", {**TO_HOME, "organisations.home.hits": listed()}, TRUE),
        ("person", {"people.lin.hits": listed()}, TRUE),
        ("person", {**TO_HOME, "organisations.home.hits": listed()}, FALSE),
        ("organisation", {"people.lin.hits": listed()}, FALSE),
        ("organisation", {**TO_HOME, "organisations.home.hits": listed()}, TRUE),
        ("employer", {"organisations.home.hits": listed()}, TRUE),
        ("employer", {**TO_HOME, "organisations.home.hits": listed()}, FALSE),
        ("employers", {**TO_HOME, "organisations.home.hits": listed()}, FALSE),
        ("giver", {"organisations.host.hits": listed()}, TRUE),
        ("host", {"organisations.host.hits": listed()}, TRUE),
    ],
)
def test_the_hits_of_the_party_that_is_meant_count(of: str, changes: Written, truth: int) -> None:
    assert seen(hit(of), changes).truth == truth


def test_who_the_party_is_must_be_known_first() -> None:
    assert seen(hit("employer"), {"people.lin.employer": ABSENT}).missing == (
        "people.lin.employer",
    )
    nobody = {"releases.r1.from": ABSENT, "activity.host": ABSENT}
    assert seen(hit("giver"), nobody).missing == ("releases.r1.from",)
    assert seen(hit("host"), nobody).missing == ("activity.host",)


def tied(**tie: object) -> dict[str, object]:
    affiliation = {"organisation": "institute", **tie}
    return {
        "people.lin.affiliations": [affiliation],
        "organisations.institute.hits": listed(),
    }


@pytest.mark.parametrize(
    ("changes", "truth", "missing"),
    [
        (tied(), TRUE, ()),
        (tied(role="employee"), TRUE, ()),
        (tied(role="officer"), TRUE, ()),
        (tied(role="student"), FALSE, ()),
        (tied(role="visitor"), FALSE, ()),
        (tied(role="employee", until="2026-11-21"), FALSE, ()),
        (tied(**{"role": "employee", "from": "2026-11-23"}), FALSE, ()),
        (
            {"people.lin.affiliations": [{"organisation": "elsewhere"}]},
            UNKNOWN,
            ("organisations.elsewhere.hits",),
        ),
        ({"people.lin.affiliations": ["unknown"]}, UNKNOWN, ("people.lin.affiliations",)),
        ({"people.lin.affiliations": ABSENT}, UNKNOWN, ("people.lin.affiliations",)),
        ({"organisations.home.hits": listed(), "people.lin.affiliations": ABSENT}, TRUE, ()),
    ],
)
def test_staff_of_a_listed_body_stand_under_its_listing_and_students_do_not(
    changes: Written, truth: int, missing: tuple[str, ...]
) -> None:
    found = seen(hit("employers"), changes)
    assert (found.truth, found.missing) == (truth, missing)


@pytest.mark.parametrize(
    ("of", "told", "truth", "missing"),
    [
        ("onward", ABSENT, FALSE, ()),
        ("onward", [], FALSE, ()),
        ("onward", [{"organisation": "home"}], TRUE, ()),
        ("onward", [{"organisation": "host"}], FALSE, ()),
        ("onward", [{"country": "XB"}], UNKNOWN, ("activity.onward",)),
        ("onward", [{"organisation": "elsewhere"}], UNKNOWN, ("organisations.elsewhere.hits",)),
        ("funders", ABSENT, UNKNOWN, ("activity.funders",)),
        ("funders", ["unknown"], UNKNOWN, ("activity.funders",)),
        ("funders", [{"organisation": "home"}, {"organisation": "host"}], TRUE, ()),
    ],
)
def test_everybody_the_activity_names_is_looked_at(
    of: str, told: object, truth: int, missing: tuple[str, ...]
) -> None:
    found = seen(hit(of), {f"activity.{of}": told, "organisations.home.hits": listed()})
    assert (found.truth, found.missing) == (truth, missing)


def test_what_was_read_is_told() -> None:
    (read,) = seen(hit(), {"people.lin.hits": {"value": [], "source": "lists of today"}}).reads
    assert (read.fact, read.value, read.source) == ("people.lin.hits", (), "lists of today")
    assert seen(hit("employer"), TO_HOME).reads == (Read("employer", "none"),)


def test_a_hit_hangs_on_the_party_it_is_of() -> None:
    axes = {of: leaf(hit(of)).axes for of in ("recipient", "employers", "giver", "host", "onward")}
    assert axes == {
        "recipient": {"who"},
        "employers": {"who"},
        "giver": {"release"},
        "host": set(),
        "onward": set(),
    }
    assert leaf(hit("employers")).patterns == {
        *("people.*.hits", "organisations.*.hits"),
        *("people.*.employer", "people.*.affiliations"),
    }


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        ("recipient", "the recipient is listed (XA-LIST)"),
        ("employers", "an employer is listed (XA-LIST)"),
        ("onward", "who gets it next is listed (XA-LIST)"),
        ("funders", "who pays for it is listed (XA-LIST)"),
    ],
)
def test_a_hit_is_spoken_as_a_sentence(of: str, sentence: str) -> None:
    assert leaf(hit(of)).text == sentence


@pytest.mark.parametrize(
    ("condition", "refusals"),
    [
        ({"hit": "exposure.recipient"}, [("wrong_type", "when.hit")]),
        ({"hit": {"of": "exposure.recipient"}}, [("missing_key", "when.hit")]),
        (hit("stranger"), [("wrong_value", "when.hit")]),
        (hit(lists=[]), [("wrong_value", "when.hit")]),
        (hit(lists="XA-LIST"), [("wrong_value", "when.hit")]),
        (hit(all_items="yes"), [("wrong_value", "when.hit.all_items")]),
        (hit(all_items=1), [("wrong_value", "when.hit.all_items")]),
    ],
)
def test_a_hit_of_nobody_is_refused_when_written(
    condition: Written, refusals: list[tuple[str, str]]
) -> None:
    assert refused(condition) == refusals


def test_what_no_table_here_answers_is_left_to_a_person() -> None:
    found = seen({"agreement": "anything"})
    assert (found.truth, found.missing) == (UNSETTLED, ())
    assert leaf({"certificate": "anything"}).text == "certificate is settled by a person"
