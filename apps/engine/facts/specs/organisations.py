"""Facts of organisations."""

from __future__ import annotations

from typing import Final

from apps.engine.facts import shapes
from apps.engine.facts.spec import CLOSED_FLAG, CLOSED_LIST, FactSpec
from apps.engine.facts.types import Country, Flag, OneOf, Text

WHY: Final = "Lists, ownership and schemes name organisations."

SPECS: Final[tuple[FactSpec, ...]] = (
    FactSpec(
        "organisations",
        "country",
        Country(),
        "country of the organisation",
        "In which country is the organisation?",
        WHY,
    ),
    FactSpec(
        "organisations",
        "kind",
        OneOf(("university", "institute", "company", "government", "military")),
        "kind of organisation",
        "What kind of organisation is it?",
        WHY,
    ),
    FactSpec(
        "organisations",
        "owners",
        shapes.ListOf(shapes.OWNER),
        "owners",
        "Who owns it, and how much each?",
        WHY,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "organisations",
        "authorised_under",
        shapes.ListOf(Text(most=64)),
        "schemes it is enrolled in",
        "In which schemes is it enrolled?",
        WHY,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "organisations",
        "approved_under",
        shapes.ListOf(shapes.APPROVAL),
        "licences it holds",
        "Under which licences does it hold the items?",
        WHY,
        closes=CLOSED_LIST,
        only_if_said=True,
    ),
    FactSpec(
        "organisations",
        "foreign_person",
        Flag(),
        "a foreign person",
        "Is it a foreign person?",
        WHY,
    ),
    FactSpec(
        "organisations",
        "accredited_us",
        Flag(),
        "accredited institution of higher learning",
        "Is it an accredited institution of higher learning there?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "organisations",
        "hits",
        shapes.ListOf(shapes.HIT),
        "list hits of the organisation",
        "Is the organisation on a list?",
        "A similar name is a hit until a person says otherwise.",
        closes=CLOSED_LIST,
        asked_of="office",
    ),
    FactSpec(
        "organisations",
        "name",
        Text(most=400),
        "name of the organisation",
        "What is it called?",
        "Lists go by name.",
    ),
)
