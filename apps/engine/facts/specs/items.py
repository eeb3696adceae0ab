"""Facts of items: what is released and how it is controlled."""

from __future__ import annotations

from typing import Final

from apps.engine.facts import shapes
from apps.engine.facts.spec import CLOSED_FLAG, CLOSED_LIST, FactSpec
from apps.engine.facts.types import Flag, OneOf, Text

FROM_ITEM: Final = (
    "Whether rules apply at all depends on what the technology is and whether anyone may have it."
)
ENTRY: Final = shapes.Entry()
PARAGRAPHS: Final = shapes.ListOf(ENTRY)
REASON: Final = Text(most=16)

SPECS: Final[tuple[FactSpec, ...]] = (
    FactSpec(
        "items",
        "nature",
        OneOf(
            (
                "technology",
                "source_code",
                "object_code",
                "equipment",
                "material",
                "service",
                "course",
            )
        ),
        "its nature",
        "What is it: technology, software, equipment, material, a service or a course?",
        FROM_ITEM,
    ),
    FactSpec(
        "items",
        "published",
        Flag(),
        "already published",
        "Is it published already, where anyone may read it?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "open_patent",
        Flag(),
        "in an open patent or patent application",
        "Does it stand in a patent or an open patent application?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "catalogue_course",
        Flag(),
        "taught in a catalogue course or its teaching laboratory",
        "Is it taught in a course of the catalogue or its teaching laboratory?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "fundamental_result",
        Flag(),
        "a result of this research",
        "Does it arise from this research itself?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "proprietary_input",
        Flag(),
        "given to the activity by someone who does not mean it to be published",
        "Did somebody give it to you who does not mean it to be published?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "classified",
        Flag(),
        "classified by a government",
        "Is it classified by a government?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "control.item",
        ENTRY,
        "control list entry",
        "Which control list entry covers it? EAR99 if its owner or a classifier says so.",
        "The entry names the reasons for control; nobody guesses it.",
    ),
    FactSpec(
        "items",
        "control.paragraph",
        ENTRY,
        "paragraph of the entry",
        "Which paragraph of the entry covers it?",
        "Paragraphs of one entry are controlled for different reasons.",
    ),
    FactSpec(
        "items",
        "control.for",
        ENTRY,
        "entry or paragraph of the item the technology is for",
        "Which item is the technology for? Give its entry and paragraph.",
        "Technology takes its reasons for control from the item it is for.",
    ),
    FactSpec(
        "items",
        "control.category",
        Text(most=32),
        "category of the list",
        "Which category of the list covers it?",
        "Some lists are read by category.",
    ),
    FactSpec(
        "items",
        "control.excludes",
        PARAGRAPHS,
        "paragraphs ruled out",
        "Which paragraphs does a classifier rule out?",
        "What is ruled out need not be asked.",
    ),
    FactSpec(
        "items",
        "control.reasons",
        shapes.ListOf(REASON),
        "reasons for control a classifier read",
        "Which reasons for control apply, by a classifier's reading?",
        "The text of the entry must be read by a person here.",
        asked_of="office",
    ),
    FactSpec(
        "items",
        "control.eligible",
        shapes.ListOf(REASON),
        "exceptions the entry leaves open",
        "Which exceptions does the entry leave open?",
        "The text of the entry must be read by a person here.",
        asked_of="office",
    ),
    FactSpec(
        "items",
        "measures",
        shapes.ListOf(Text()),
        "measured values",
        "What are its measured values?",
        "Entries begin at a value.",
    ),
    FactSpec(
        "items",
        "encryption",
        OneOf(("standard", "non_standard")),
        "kind of cryptography",
        "Is its cryptography standard?",
        FROM_ITEM,
    ),
    FactSpec(
        "items",
        "areas",
        shapes.ListOf(Text(most=200)),
        "sensitive areas it advances",
        "Which listed research areas does the work advance?",
        "Some funding and review rules go by area.",
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "items",
        "level",
        OneOf(("introductory", "undergraduate", "graduate")),
        "level of the course",
        "What level is the course?",
        FROM_ITEM,
    ),
    FactSpec(
        "items",
        "subject",
        OneOf(("stem", "humanities", "social_sciences", "law", "business")),
        "subject of the course",
        "What subject is the course?",
        FROM_ITEM,
    ),
    FactSpec(
        "items",
        "internal_use",
        Flag(),
        "for internal use",
        "Is it used only inside the company?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "over_notification_value",
        Flag(),
        "contract value reaches the notification value",
        "Does the contract reach the notification value?",
        FROM_ITEM,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "items",
        "excluded_under",
        shapes.ListOf(Text(most=64)),
        "schemes whose exclusion list names it",
        "Which schemes exclude it by name?",
        FROM_ITEM,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "items",
        "title",
        Text(most=400),
        "what it is called",
        "What do you call it?",
        "So that people can talk about the same thing.",
    ),
)
