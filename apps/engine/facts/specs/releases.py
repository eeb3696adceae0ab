"""Facts of releases: who gives what to whom, how, where and when."""

from __future__ import annotations

from typing import Final

from apps.engine.facts import shapes
from apps.engine.facts.spec import CLOSED_FLAG, CLOSED_LIST, FactSpec
from apps.engine.facts.types import Country, Flag, Identifier, OneOf

HOW: Final = (
    "disclosure",
    "inspection",
    "credentials",
    "operation",
    "training",
    "teaching",
    "login",
    "object_code",
    "e_mail",
    "storage",
    "hand_carry",
    "shipment",
    "service",
    "publication",
)
VERBS: Final = ("operation", "installation", "maintenance", "repair", "overhaul", "refurbishing")
WHY: Final = "Only what becomes known to somebody is released; looking at a closed machine is not."

SPECS: Final[tuple[FactSpec, ...]] = (
    FactSpec("releases", "id", Identifier(), "release", "Which release?", WHY),
    FactSpec("releases", "from", Identifier(), "who gives it", "Who gives it?", WHY),
    FactSpec(
        "releases",
        "who",
        shapes.ListOf(Identifier(), alone=True),
        "who receives it",
        "Who receives it?",
        WHY,
    ),
    FactSpec(
        "releases",
        "what",
        shapes.ListOf(Identifier(), alone=True),
        "what is received",
        "What is received?",
        WHY,
    ),
    FactSpec(
        "releases",
        "how",
        OneOf(HOW),
        "the way of release",
        "How does it become known: shown, taught, operated, logged in to?",
        WHY,
    ),
    FactSpec(
        "releases",
        "meeting",
        OneOf(("open", "closed")),
        "kind of meeting",
        "May anyone qualified attend and take notes?",
        WHY,
        only_if_said=True,
    ),
    FactSpec(
        "releases",
        "own_use",
        Flag(),
        "for own use",
        "Is it for the person's own use?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "releases",
        "secured",
        Flag(),
        "secured end to end",
        "Is it encrypted end to end, on the device and on the line?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "releases",
        "reveals",
        Flag(),
        "the technology itself becomes known",
        "Does the technology itself become known?",
        WHY,
    ),
    FactSpec(
        "releases",
        "verbs",
        shapes.ListOf(OneOf(VERBS)),
        "what is learned about the equipment",
        "What is learned: operation only, or also installation, maintenance, repair, overhaul and refurbishing?",
        WHY,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "releases",
        "where",
        Country(),
        "country of receipt",
        "In which country is it received?",
        "What leaves the country is an export to that country.",
    ),
    FactSpec(
        "releases",
        "window",
        shapes.WINDOW,
        "from when until when",
        "From when until when?",
        "The law of the day of release counts.",
    ),
)
