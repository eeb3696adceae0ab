"""A window across a change of the law says on which day the outcome changes, and by which rule."""

from __future__ import annotations

from datetime import date

import pytest

from apps.engine.determine import determine
from apps.engine.edition import Edition
from apps.engine.facts import read_facts

OWNED = {
    "country": "CN",
    "kind": "company",
    "owners": [{"organisation": "owner", "share": {"value": 60, "unit": "%"}}],
}
LISTED = {"list": "US-EL", "party": "owner", "state": "confirmed", "all_items": True}
FREE = "no rule demands a licence"


def changes(
    shipped: Edition,
    *,
    on: str,
    until: str,
    first: str = "",
    item: str = "EAR99",
    **parties: object,
) -> list[tuple[str, str, str]]:
    window = {"from": first or on, "until": until}
    whole = {
        "complete": True,
        "activity": {"host": "host", "nature": "applied", "end_use": ["civil"]},
        "organisations": {"host": {"country": "US", "kind": "university"}, **parties},
        "items": {"thing": {"nature": "equipment", "control": {"US-EAR": {"item": item}}}},
        "releases": [
            {
                "id": "r1",
                "from": "host",
                "who": "partner",
                "what": "thing",
                "how": "shipment",
                "where": "CN" if item == "EAR99" else "DE",
                "window": window,
            }
        ],
    }
    facts = read_facts(whole, vocabulary=shipped.vocabulary)
    day = date.fromisoformat(on)
    answer = determine(facts, shipped, on=day, regimes=["US-EAR"]).exposures[0].regimes[0]
    return [(change.on, change.outcome, change.because) for change in answer.changes]


@pytest.mark.parametrize(
    ("on", "until", "told"),
    [
        (
            "2025-09-01",
            "2027-03-31",
            [
                ("2025-09-29", "licence_required", "us-ear.ownership.affiliates_2025"),
                ("2025-11-10", "no_licence_required", FREE),
                ("2026-11-10", "licence_required", "us-ear.ownership.affiliates_2026"),
            ],
        ),
        ("2025-10-15", "2025-11-09", []),
        ("2025-10-15", "2025-11-10", [("2025-11-10", "no_licence_required", FREE)]),
        (
            "2026-10-01",
            "2026-12-31",
            [("2026-11-10", "licence_required", "us-ear.ownership.affiliates_2026")],
        ),
        ("2026-11-22", "2027-03-31", []),
    ],
)
def test_the_affiliates_rule_on_off_and_on_again(
    shipped: Edition, on: str, until: str, told: list[tuple[str, str, str]]
) -> None:
    parties = {"partner": OWNED, "owner": {"country": "CN", "kind": "company", "hits": [LISTED]}}
    assert changes(shipped, on=on, until=until, **parties) == told


def test_a_window_that_opens_later_is_judged_from_its_first_day(shipped: Edition) -> None:
    parties = {"partner": OWNED, "owner": {"country": "CN", "kind": "company", "hits": [LISTED]}}
    found = changes(shipped, on="2025-09-01", first="2025-10-05", until="2025-10-20", **parties)
    assert found == [("2025-10-05", "licence_required", "us-ear.ownership.affiliates_2025")]


def test_quantum_items_for_an_ally_were_free_for_two_months(shipped: Edition) -> None:
    ally = {"partner": {"country": "DE", "kind": "company"}}
    assert changes(shipped, on="2024-10-15", until="2024-12-31", item="3A901", **ally) == [
        ("2024-11-05", "undetermined", "us-ear.reasons.destinations")
    ]
