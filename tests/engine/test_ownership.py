"""The condition that adds up ownership: shares of listed owners, through owners of owners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from apps.engine.truth import FALSE, TRUE, UNKNOWN
from tests.factories.engine import ABSENT, leaf, refused, seen

Written = Mapping[str, object]
LISTED = [{"list": "XA-LIST", "party": "a party", "state": "confirmed", "all_items": True}]
OPEN = [{"list": "XA-LIST", "party": "a party", "state": "open"}]
SOME = [{"list": "XA-LIST", "party": "a party", "state": "confirmed", "all_items": False}]
UNSCOPED = [{"list": "XA-LIST", "party": "a party", "state": "confirmed"}]


def owned(of: str = "employer", share: str = "50 %", **more: object) -> Written:
    return {
        "owned_by": {
            "of": f"exposure.{of}",
            "lists": ["XA-LIST"],
            "at_least": share,
            **more,
        }
    }


def owners(body: str, *written: object) -> dict[str, object]:
    """`("bank", 60)` owns 60 %, `("bank", None)` a share that is not known."""
    return {f"organisations.{body}.owners": [_owner(one) for one in written]}


def _owner(written: object) -> object:
    if not isinstance(written, tuple):
        return written
    name, share = written
    told = {} if share is None else {"share": f"{share} %"}
    return {"person" if name in ("lin", "omar") else "organisation": name, **told}


def hits(**told: object) -> dict[str, object]:
    return {f"organisations.{body}.hits": found for body, found in told.items()}


BANK = {**hits(bank=LISTED), **owners("bank")}
FREE = {**hits(free=[]), **owners("free")}


def found(*changes: Written, of: str = "employer", **more: Any) -> tuple[int, tuple[str, ...]]:
    told: dict[str, object] = {}
    for change in changes:
        told |= change
    answer = seen(owned(of, **more), told)
    return answer.truth, answer.missing


@pytest.mark.parametrize(
    ("shares", "truth"),
    [((50,), TRUE), ((49.9,), FALSE), ((30, 20), TRUE), ((30, 19), FALSE), ((), FALSE)],
)
def test_shares_of_listed_owners_are_added_up(shares: tuple[float, ...], truth: int) -> None:
    listed = [("bank", share) for share in shares]
    assert found(BANK, FREE, owners("home", ("free", 10), *listed)) == (truth, ())


def test_a_share_held_through_a_held_body_counts_whole_and_through_another_not_at_all() -> None:
    through = owners("home", ("holding", 50))
    half, less = owners("holding", ("bank", 50)), owners("holding", ("bank", 49))
    holding = hits(holding=[])
    assert found(BANK, holding, half, through) == (TRUE, ())
    assert found(BANK, holding, less, through) == (FALSE, ())


def test_owners_in_a_circle_come_to_an_end() -> None:
    circle = {**owners("home", ("ring", 60)), **owners("ring", ("home", 60)), **hits(ring=[])}
    assert found(circle) == (FALSE, ())
    caught = {**circle, **owners("ring", ("home", 40), ("bank", 60))}
    assert found(BANK, caught) == (TRUE, ())


def test_a_crowd_of_owners_of_one_another_is_gone_through_quickly() -> None:
    names = [f"body-{number}" for number in range(40)]
    crowd: dict[str, object] = {}
    for name in names:
        crowd |= owners(name, *((other, 2) for other in names)) | {f"organisations.{name}.hits": []}
    assert found(crowd, owners("home", (names[0], 100))) == (FALSE, ())


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        (owners("home", ("bank", None)), (UNKNOWN, ("organisations.home.owners",))),
        (owners("home", ("bank", None), ("free", 60)), (FALSE, ())),
        (owners("home", ("bank", 30), "unknown"), (UNKNOWN, ("organisations.home.owners",))),
        (owners("home", {"share": "60 %"}), (UNKNOWN, ("organisations.home.owners",))),
        ({"organisations.home.owners": ABSENT}, (UNKNOWN, ("organisations.home.owners",))),
        (
            owners("home", ("stranger", 60)),
            (UNKNOWN, ("organisations.stranger.hits", "organisations.stranger.owners")),
        ),
        (owners("home", ("stranger", 40)), (FALSE, ())),
        (owners("home", ("omar", 60)), (UNKNOWN, ("people.omar.hits",))),
        (owners("home", ("lin", 60)), (FALSE, ())),
        ({**owners("home", ("lin", 60)), "people.lin.hits": LISTED}, (TRUE, ())),
    ],
)
def test_what_is_not_known_lies_between_nothing_and_what_the_known_shares_leave(
    told: Written, answer: tuple[int, tuple[str, ...]]
) -> None:
    assert found(BANK, FREE, told) == answer


def test_of_an_owner_it_must_be_known_whether_it_is_listed_and_who_owns_it() -> None:
    through = owners("home", ("holding", 60))
    assert found(through, hits(holding=OPEN), owners("holding")) == (
        UNKNOWN,
        ("organisations.holding.hits",),
    )
    assert found(through, hits(holding=[])) == (UNKNOWN, ("organisations.holding.owners",))
    assert found(through, hits(holding=["unknown"]), owners("holding")) == (
        UNKNOWN,
        ("organisations.holding.hits",),
    )
    assert found(through, hits(holding=LISTED)) == (TRUE, ())


@pytest.mark.parametrize(
    ("told", "any_entry", "whole_entry"),
    [
        (LISTED, TRUE, TRUE),
        (SOME, TRUE, FALSE),
        (UNSCOPED, TRUE, UNKNOWN),
        (OPEN, UNKNOWN, UNKNOWN),
    ],
)
def test_only_entries_that_cover_all_items_may_be_meant(
    told: object, any_entry: int, whole_entry: int
) -> None:
    case = {**owners("home", ("bank", 60)), **owners("bank"), **hits(bank=told)}
    assert found(case)[0] == any_entry
    assert found(case, all_items=True)[0] == whole_entry


@pytest.mark.parametrize(
    ("of", "changes", "truth"),
    [
        ("recipient", {}, FALSE),
        ("organisation", {}, FALSE),
        ("recipient", {"releases.r1.who": "home"}, TRUE),
        ("organisation", {"releases.r1.who": "home"}, TRUE),
        ("employer", {"releases.r1.who": "home"}, FALSE),
        ("giver", {"releases.r1.from": "lin"}, FALSE),
        ("giver", {"releases.r1.from": "home"}, TRUE),
        ("host", {"activity.host": "home"}, TRUE),
    ],
)
def test_only_an_organisation_has_owners(of: str, changes: Written, truth: int) -> None:
    assert found(BANK, owners("home", ("bank", 60)), changes, of=of)[0] == truth


def test_which_organisation_it_is_must_be_known_first() -> None:
    assert found({"people.lin.employer": ABSENT}) == (UNKNOWN, ("people.lin.employer",))


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (owners("home", ("bank", 60)), "listed parties hold 60 %"),
        (owners("home", ("bank", 20), "unknown"), "listed parties hold 20 to 100 %"),
    ],
)
def test_how_much_they_hold_is_told(told: Written, shown: str) -> None:
    (read,) = seen(owned(), {**BANK, **told}).reads
    assert (read.fact, read.value) == ("organisations.home.owners", shown)


def test_ownership_is_spoken_as_a_sentence() -> None:
    assert leaf(owned()).text == "listed parties (XA-LIST) hold 50 % or more of the employer"
    assert leaf(owned()).axes == {"who"}
    assert leaf(owned("giver")).axes == {"release"}
    assert leaf(owned("host")).axes == set()


@pytest.mark.parametrize(
    ("condition", "refusals"),
    [
        ({"owned_by": []}, [("wrong_type", "when.owned_by")]),
        ({"owned_by": {"of": "exposure.host"}}, [("missing_key", "when.owned_by")]),
        (owned("person"), [("wrong_value", "when.owned_by")]),
        (owned(lists=[]), [("wrong_value", "when.owned_by")]),
        (owned(share="50 km"), [("wrong_value", "when.owned_by")]),
        (owned(share="half"), [("wrong_value", "when.owned_by")]),
        (owned(all_items="yes"), [("wrong_value", "when.owned_by.all_items")]),
    ],
)
def test_ownership_of_nobody_is_refused_when_written(
    condition: Written, refusals: list[tuple[str, str]]
) -> None:
    assert refused(condition) == refusals
