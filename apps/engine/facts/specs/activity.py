"""Facts of the activity: what the work is, who funds it and what it is for."""

from __future__ import annotations

from typing import Final

from apps.engine.facts import shapes
from apps.engine.facts.spec import CLOSED_FLAG, CLOSED_LIST, FactSpec
from apps.engine.facts.types import Country, Flag, Identifier, OneOf, Text

SECURITY: Final = (
    "Export rules decide by what is released, how and to whom; "
    "nothing else about the person is read."
)
WHY: Final = (
    "Results of open research are outside the rules; what was accepted in the contract decides."
)
END_USE: Final = "Some uses need a licence whatever the technology is."

SPECS: Final[tuple[FactSpec, ...]] = (
    FactSpec(
        "activity",
        "kind",
        OneOf(("joint_venture", "visit", "facility")),
        "kind of request",
        "What is asked for?",
        "Different requests release different things.",
    ),
    FactSpec(
        "activity",
        "host",
        Identifier(),
        "hosting organisation",
        "Which organisation hosts the work?",
        SECURITY,
    ),
    FactSpec(
        "activity",
        "nature",
        OneOf(("fundamental", "applied", "development", "service", "education")),
        "nature of the work",
        "Is the work fundamental research?",
        WHY,
    ),
    FactSpec(
        "activity",
        "publication",
        shapes.ListOf(
            OneOf(
                ("free", "patent_delay", "sponsor_data_removal", "sponsor_approval", "restricted")
            ),
            alone=True,
        ),
        "freedom to publish",
        "May the results be published freely?",
        WHY,
    ),
    FactSpec(
        "activity",
        "participation_limits",
        Flag(),
        "accepted limits on who may take part",
        "Did you accept limits on who may take part?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "activity",
        "access_controls",
        Flag(),
        "accepted limits on who may receive results",
        "Did you accept limits on who may receive results?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "activity",
        "clauses",
        shapes.ListOf(Text(most=200)),
        "contract clauses",
        "Which contract clauses apply?",
        WHY,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "activity",
        "standards",
        Flag(),
        "standards-related activity in an open standards body",
        "Is it work in an open standards body?",
        WHY,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "activity",
        "collaboration",
        OneOf(("bilateral", "multilateral")),
        "form of collaboration",
        "Is the collaboration bilateral?",
        WHY,
    ),
    FactSpec(
        "activity",
        "informed_by_authority",
        Flag(),
        "told by an authority of a concern",
        "Has an authority told you of a concern?",
        END_USE,
        closes=CLOSED_FLAG,
        only_if_said=True,
    ),
    FactSpec(
        "activity",
        "harmless_use",
        Flag(),
        "clearly harmless by the authority's questions",
        "Do all of the authority's guideline questions answer clearly harmless?",
        END_USE,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "activity",
        "done_in",
        Country(),
        "country the work is done in",
        "In which country is the work done?",
        WHY,
    ),
    FactSpec(
        "activity",
        "end_use",
        shapes.ListOf(OneOf(("civil", "military", "wmd", "missile", "surveillance"))),
        "end use",
        "What is the end use?",
        END_USE,
        closes=CLOSED_LIST,
    ),
    FactSpec(
        "activity",
        "onward",
        shapes.ListOf(shapes.ONWARD),
        "onward transfers",
        "To whom will it be passed on?",
        END_USE,
        closes=CLOSED_LIST,
        only_if_said=True,
    ),
    FactSpec(
        "activity",
        "access_blocked",
        Flag(),
        "access blocked until licensed",
        "Is access blocked until a licence is there?",
        END_USE,
        closes=CLOSED_FLAG,
    ),
    FactSpec(
        "activity",
        "red_flags",
        shapes.ListOf(Text(most=400)),
        "red flags not cleared",
        "Which red flags are open?",
        END_USE,
        closes=CLOSED_LIST,
        asked_of="office",
        only_if_said=True,
    ),
    FactSpec(
        "activity",
        "funders",
        shapes.ListOf(shapes.FUNDER),
        "funders",
        "Who funds the work?",
        "Some funders bar some collaborations.",
        closes=CLOSED_LIST,
    ),
)
