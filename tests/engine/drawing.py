"""Draws cases: facts documents in which anything may be known, unknown or left out."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

COUNTRIES = (
    "CN",
    "DE",
    "IN",
    "GB",
    "US",
    "IR",
    "KP",
    "CU",
    "SY",
    "RU",
    "VN",
    "AE",
    "CA",
    "MO",
    "GE",
)
CONTROLS: tuple[dict[str, Any], ...] = (
    {"item": "EAR99"},
    {"item": "3E001", "for": "3A001.e.1.b"},
    {"item": "3E001", "for": "3A001"},
    {"item": "3E001"},
    {"item": "2E201", "for": "2B201"},
    {"item": "2E001", "for": "2B004"},
    {"item": "9E515", "paragraph": "9E515.a"},
    {"item": "6E001", "for": "6A003.b.4"},
    {"item": "1E001", "for": "1C351"},
    {"item": "5E002"},
    {"item": "4E906"},
    {"item": "3E991"},
    {"item": "0E521"},
    {"item": "not_subject"},
    {"item": "listed"},
)
_flags = st.booleans()
_country = st.sampled_from(COUNTRIES)
_held = st.lists(st.fixed_dictionaries({"country": _country}), min_size=1, max_size=3)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "citizenships": draw(_held),
        "permanent_residencies": draw(st.one_of(st.just([]), _held)),
        "protected_in": draw(st.lists(_country, max_size=1)),
        "employment": draw(st.sampled_from(["full_time_regular", "student", "visitor"])),
        "employer": draw(st.sampled_from(["host", "home"])),
        "abode_in": draw(_country),
        "affiliations": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "organisation": st.just("home"),
                        "role": st.sampled_from(["employee", "student"]),
                    }
                ),
                max_size=1,
            )
        ),
        "hits": draw(hits()),
    }


def hits() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {
            "list": st.sampled_from(["US-EL", "US-DPL", "US-UVL", "US-SDN"]),
            "party": st.just("a party"),
            "state": st.sampled_from(["open", "confirmed", "dismissed"]),
            "all_items": _flags,
        }
    )
    return st.one_of(st.just([]), st.just([]), st.lists(one, max_size=1))


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "nature": draw(st.sampled_from(["technology", "technology", "source_code", "equipment"])),
        "control": {"US-EAR": draw(st.sampled_from(CONTROLS))},
        "published": draw(st.sampled_from([False, False, True])),
        "open_patent": False,
        "catalogue_course": draw(st.sampled_from([False, False, True])),
        "fundamental_result": draw(_flags),
        "proprietary_input": draw(_flags),
        "classified": False,
    }


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A case of one to two people and items; nothing is left out."""
    names = [f"person-{place}" for place in range(draw(st.integers(1, 2)))]
    things = [f"item-{place}" for place in range(draw(st.integers(1, 2)))]
    return {
        "activity": {
            "host": "host",
            "nature": draw(st.sampled_from(["fundamental", "applied"])),
            "publication": draw(st.sampled_from(["free", "restricted", "patent_delay"])),
            "participation_limits": draw(_flags),
            "access_controls": False,
            "end_use": draw(st.sampled_from([[], ["civil"], ["military"]])),
        },
        "organisations": {
            "host": {"country": "US", "kind": "university", "hits": []},
            "home": {"country": "CN", "kind": "university", "hits": draw(hits())},
        },
        "people": {name: draw(people()) for name in names},
        "items": {name: draw(items()) for name in things},
        "releases": [
            {
                "id": "work",
                "from": "host",
                "who": names,
                "what": things,
                "how": draw(st.sampled_from(["disclosure", "operation", "inspection", "training"])),
                "reveals": draw(_flags),
                "verbs": draw(st.sampled_from([[], ["operation"], ["operation", "repair"]])),
                "where": draw(st.sampled_from(["US", "US", "US", "DE"])),
            }
        ],
        "papers": [],
    }


def places(document: dict[str, Any]) -> list[tuple[str, ...]]:
    """The facts of a document that may be forgotten, by their keys."""
    return [
        place
        for place in _walk(document, ())
        if place[-1] not in {"id", "from", "who", "what", "host", "nature", "employer"}
        and place[0] != "papers"
    ]


def _walk(value: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, inner in value.items():
        if key == "releases":
            for name in inner[0]:
                yield ("releases", name)
        elif isinstance(inner, dict) and key != "US-EAR":
            yield from _walk(inner, (*above, key))
        else:
            yield (*above, key)


def forgetting(document: dict[str, Any], forgotten: list[tuple[str, ...]]) -> dict[str, Any]:
    """The same document with some facts left out."""
    left = copy.deepcopy(document)
    for *above, last in forgotten:
        branch = left
        for key in above:
            branch = branch[key][0] if key == "releases" else branch[key]
        branch.pop(last, None)
    return left
