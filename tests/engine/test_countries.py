"""A condition may be held against the country that counts, the recipient's own, or the place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apps.engine.conditions.countries import COUNTRY, NATIONALITY, PLACE, countries_at
from apps.engine.nationality import Candidates
from apps.engine.truth import FALSE, TRUE, UNKNOWN, UNSETTLED
from tests.factories.engine import (
    ABSENT,
    ENTRY,
    REGIME,
    destination_row,
    exposure,
    reason_row,
    refused,
    seen,
)

ABROAD: Mapping[str, object] = {"releases.r1.where": "XB"}
TO_HOME: Mapping[str, object] = {"releases.r1.who": "home"}
NOBODY_KNOWS: Mapping[str, object] = {"people.lin.citizenships": ABSENT}
STATELESS: Mapping[str, object] = {"people.lin.citizenships": []}
EITHER: Mapping[str, object] = {
    "people.lin.citizenships": [{"country": "XA"}, {"country": "XC"}],
    "people.lin.permanent_residencies": [{"country": "XB"}],
}


@pytest.mark.parametrize(
    ("at", "changes", "found"),
    [
        (COUNTRY, {}, Candidates(("XC",))),
        (COUNTRY, ABROAD, Candidates(("XB",))),
        (NATIONALITY, ABROAD, Candidates(("XC",))),
        (NATIONALITY, TO_HOME, Candidates()),
        (PLACE, {}, Candidates(("XA",))),
        (PLACE, ABROAD, Candidates(("XB",))),
    ],
)
def test_abroad_place_and_person_are_told_apart(
    at: str, changes: Mapping[str, object], found: Candidates
) -> None:
    assert countries_at(exposure(changes), at) == found


def test_what_is_not_known_is_missing_by_its_path() -> None:
    person = countries_at(exposure({**ABROAD, **NOBODY_KNOWS}), NATIONALITY)
    assert person.missing == ("people.lin.citizenships",)
    assert countries_at(exposure({"releases.r1.where": ABSENT}), PLACE).missing == (
        "releases.r1.where",
    )


@pytest.mark.parametrize(
    ("changes", "truth"),
    [
        (ABROAD, FALSE),
        ({**ABROAD, "people.lin.citizenships": [{"country": "XB"}]}, TRUE),
        ({**ABROAD, **NOBODY_KNOWS}, UNKNOWN),
        ({**ABROAD, **STATELESS}, UNSETTLED),
        ({**ABROAD, **EITHER}, UNKNOWN),
        ({**ABROAD, **TO_HOME}, FALSE),
    ],
)
def test_the_recipients_own_country_is_in_a_group_or_named(
    changes: Mapping[str, object], truth: int
) -> None:
    assert seen({"country_in": [NATIONALITY, "XA:B"]}, changes).truth == truth
    assert seen({"in": [NATIONALITY, ["XB"]]}, changes).truth == truth


def test_it_may_be_the_same_as_the_place() -> None:
    same = {"is": [NATIONALITY, PLACE]}
    assert seen(same, {"releases.r1.where": "XC"}).truth == TRUE
    assert seen(same, ABROAD).truth == FALSE
    assert seen(same, {**ABROAD, **TO_HOME}).truth == FALSE
    assert seen(same, {**ABROAD, **STATELESS}).truth == UNSETTLED
    assert seen(same, {**ABROAD, **NOBODY_KNOWS}).truth == UNKNOWN


def marked(at: str, **more: str) -> Mapping[str, object]:
    return {"marked": {"of": "exposure.item", "at": at, **more}}


def test_marks_are_looked_up_for_the_country_asked_for() -> None:
    changes = {"releases.r1.where": "XD"}  # free; the person's own country is marked
    assert seen(marked(COUNTRY), changes).truth == FALSE
    assert seen(marked(NATIONALITY, via="chart"), changes).truth == TRUE
    assert seen(marked(PLACE), changes).truth == FALSE
    assert seen(marked(NATIONALITY), {**changes, **TO_HOME}).truth == FALSE
    assert seen(marked(NATIONALITY), {**changes, **NOBODY_KNOWS}).missing == (
        "people.lin.citizenships",
    )


def test_an_organisation_has_no_mark_of_its_own_even_if_the_entry_is_not_known() -> None:
    unread = {**ABROAD, **TO_HOME, f"items.thing.control.{REGIME}.item": ABSENT}
    assert seen(marked(NATIONALITY), unread).truth == FALSE
    assert seen(marked(PLACE), unread).truth == UNKNOWN


def test_reasons_are_counted_for_the_country_asked_for() -> None:
    only = {"reasons": {"of": "exposure.item", "at": NATIONALITY, "none": ["NS"]}}
    assert seen(only, ABROAD).truth == FALSE
    assert seen(only, {**ABROAD, "people.lin.citizenships": [{"country": "XD"}]}).truth == TRUE
    at_place = {"reasons": {"of": "exposure.item", "at": PLACE, "includes": ["NS"]}}
    assert seen(at_place, ABROAD).truth == TRUE


def test_a_persons_own_country_is_read_as_a_release_and_a_place_as_an_export() -> None:
    law = {
        "reasons": (reason_row(ENTRY, column="OUT"),),
        "destinations": (destination_row("OUT", deemed="no"),),
    }
    assert seen(marked(NATIONALITY, via="destination"), ABROAD, **law).truth == FALSE
    assert seen(marked(PLACE, via="destination"), **law).truth == TRUE
    assert seen(marked(COUNTRY, via="destination"), **law).truth == FALSE
    assert seen(marked(COUNTRY, via="destination"), ABROAD, **law).truth == TRUE


def test_no_other_country_can_be_asked_for() -> None:
    assert refused(marked("exposure.giver.country")) == [("wrong_value", "when.marked")]
