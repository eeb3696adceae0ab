"""Fixed sample data for the gallery of components: invented, and no case among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from apps.portal.parts.exposures import Exposed

SWATCHES = (
    "page",
    "sheet",
    "sunken",
    "line",
    "line-strong",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-soft",
    "mark",
)
TIERS = ("T0", "T1", "T2", "T3", "T4")
APPROVAL_ENDS = date(2027, 1, 29)
EDITION = "2026.11.2"


def _rule(
    name: str, stage: str, result: str, law: str, because: str, *reads: tuple[str, object]
) -> dict[str, Any]:
    said = [
        {"fact": fact, "value": value, "source": "host", "as_of": "2026-10-26"}
        for fact, value in reads
    ]
    tree = {
        "op": "all",
        "result": {"fired": True, "silent": False}.get(result),
        "text": "all of these hold",
        "children": [
            {
                "op": "is",
                "result": {"fired": True, "silent": False}.get(result),
                "text": because,
                "reads": said,
            }
        ],
    }
    rule = {"id": name, "stage": stage, "result": result, "citation": law, "because": because}
    return rule | ({"stopped_by": "sample.lifted"} if result == "not_reached" else {"trace": tree})


RULES = (
    _rule(
        "sample.jurisdiction",
        "jurisdiction",
        "fired",
        "15 CFR 734.3",
        "The technology is in the United States.",
    ),
    _rule(
        "sample.published",
        "technology",
        "silent",
        "15 CFR 734.7",
        "The steps are not published.",
        ("items.press.published", False),
    ),
    _rule(
        "sample.research",
        "technology",
        "silent",
        "15 CFR 734.8",
        "An input is meant to stay private.",
        ("items.press.proprietary_input", True),
    ),
    _rule(
        "sample.release",
        "act",
        "fired",
        "15 CFR 734.15",
        "What is taught becomes known to the person.",
        ("releases.r1.how", "training"),
    ),
    _rule(
        "sample.person",
        "person",
        "fired",
        "15 CFR 772.1",
        "The person is a foreign person.",
        ("people.lin.citizenships", [{"country": "CN"}]),
    ),
    _rule(
        "sample.chart",
        "requirements",
        "fired",
        "15 CFR 738.4(a)(2)(ii)",
        "The chart has a mark for this reason.",
    ),
    _rule(
        "sample.end_use",
        "requirements",
        "unknown",
        "15 CFR 744.21",
        "The end use is not known.",
        ("activity.end_use", "unknown"),
    ),
    _rule(
        "sample.exception",
        "authorisations",
        "silent",
        "15 CFR 740.6",
        "The country is not in the group.",
    ),
    _rule("sample.licence", "authorisations", "not_reached", "", ""),
)


OPENED = "r1/lin/press"
EXPOSED = tuple(
    Exposed(f"r1/{who}/{what}", "r1", who, what, "US-EAR", outcome, note=note)
    for who, what, outcome, note in (
        ("ruth", "theory", "excluded", "15 CFR 734.7"),
        ("ruth", "press", "exception:TSR", "1 condition"),
        ("ruth", "code", "needs_information", "Which entry covers the code?"),
        ("lin", "theory", "no_licence_required", "nothing asks for it"),
        ("lin", "press", "licence_required", "15 CFR 738.4(a)(2)(ii)"),
        ("lin", "code", "undetermined", "law or table not known"),
        ("ada", "theory", "authorised:D123456", "15 CFR 750.7"),
        ("ada", "press", "policy_of_denial", "15 CFR 744.11"),
        ("ada", "code", "prohibited", "15 CFR part 746"),
    )
)
FACTS = {
    "people": {
        "ruth": {"name": "Ruth Steinmar", "employer": "lindental"},
        "lin": {"name": "Qiao Yanwei", "employer": "huaiyang"},
        "ada": {"name": "Ada Ferro", "employer": "delmare"},
    },
    "organisations": {
        "lindental": {"name": "Universität Lindental"},
        "huaiyang": {"name": "Huaiyang Polytechnic University"},
        "delmare": {"name": "Delmare Energy Materials"},
    },
    "items": {
        "theory": {"title": "Published cathode theory"},
        "press": {"title": "Assembly, above 350 Wh/kg", "control": {"US-EAR": {"item": "3E001"}}},
        "code": {"title": "Cycler control software"},
    },
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A memo on paper."""

    state: str = "Draft memo, not signed"
    number: str = "v3"
    heading: str = "Determination CS-2026-0388"
    text: str = "Of nine exposures, one needs a licence before release."
    signed: tuple[str, ...] = ("Signed by Malik Brandt on 24 November 2026.",)
    id: str = ""


STOPS = (
    {"state": "done", "name": "Sent", "below": "9 Nov, 14:40"},
    {"state": "done", "name": "Checked", "below": "9 Nov, 14:41"},
    {"state": "done", "name": "With the office", "below": "10 Nov"},
    {"state": "now", "name": "Under review", "below": "since 12 Nov"},
    {"state": "todo", "name": "Final check", "below": "a second officer"},
    {"state": "todo", "name": "Decision", "below": ""},
)
STEPS = (
    {
        "title": "What they will work with",
        "said": "2 technologies",
        "href": "#steps",
        "done": True,
        "current": False,
    },
    {
        "title": "Publication",
        "said": "1 of 3 answered",
        "href": "#steps",
        "done": False,
        "current": True,
    },
    {"title": "The visitor", "said": "", "href": "#steps", "done": False, "current": False},
)
CONDITIONS = (
    {
        "icon": "hand",
        "tone": "warn",
        "text": "Read and sign the technology control plan",
        "due": "By 4 Dec",
        "about": "Two rooms, one cell line, three people.",
        "citation": "",
    },
    {
        "icon": "clock",
        "tone": "mut",
        "text": "Written assurance by the visitor",
        "due": "Before the first release",
        "about": "Ruth Steinmar",
        "citation": "15 CFR 740.6",
    },
    {
        "icon": "ring",
        "tone": "pos",
        "text": "Export training for the host",
        "due": "Done",
        "about": "Stands until 3 March 2028.",
        "citation": "",
    },
)
LINES = (
    {"label": "Work", "values": ["Cathode coatings, coin and pouch cells"], "href": "#summary"},
    {"label": "Non-public input", "values": ["One recipe", "One data set"], "href": "#summary"},
    {"label": "Military use", "values": [], "href": "#summary"},
)
HISTORY = (
    {
        "at": datetime(2026, 11, 18, 16, 5, tzinfo=UTC),
        "words": "Teodor Halvard answered",
        "reason": "390 Wh/kg",
    },
    {
        "at": datetime(2026, 11, 13, 10, 20, tzinfo=UTC),
        "words": "Ines Oberlin asked one question",
        "reason": "",
    },
)
ERRORS = (
    {
        "anchor": "id_energy",
        "what": "Enter the energy density as a number",
        "remedy": "Such as 280.",
    },
    {"anchor": "id_ends", "what": "Choose an end date", "remedy": ""},
)
