"""Paths of conditions: which facts a rule may name, and what is found where they lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from apps.engine.conditions.paths import Found, compile_path
from apps.engine.facts.tree import UNKNOWN_FACT
from tests.factories.engine import ABSENT, REGIME, document, exposure, item_row, read

CONTROL = f"items.thing.control.{REGIME}"
TO_HOME: Mapping[str, object] = {"releases.r1.who": "home"}  # an organisation receives it


def look(path: str, changes: Mapping[str, object] | None = None, **law: Any) -> Found:
    compiled = compile_path(path, regime=REGIME)
    assert compiled is not None
    return compiled.look(exposure(changes, **law))


def value(path: str, changes: Mapping[str, object] | None = None, **law: Any) -> object:
    found = look(path, changes, **law)
    assert found.fact is not UNKNOWN_FACT, found.missing
    return found.fact.value


def missing(path: str, changes: Mapping[str, object] | None = None, **law: Any) -> tuple[str, ...]:
    found = look(path, changes, **law)
    assert found.fact is UNKNOWN_FACT
    return found.missing


@pytest.mark.parametrize(
    "path",
    [
        "activity.colour",
        "activity",
        "people.lin.citizenships",
        "papers.nda",
        "papers.nda.colour",
        "papers.nda.signed.twice",
        "exposure",
        "exposure.colour",
        "exposure.stranger.country",
        "exposure.item.colour",
        "exposure.item.control.XA-LAW.item",
        "exposure.person.country",
        "exposure.organisation.citizenships",
        "exposure.giver.colour",
        "exposure.release.colour",
        "",
    ],
)
def test_a_path_of_no_fact_leads_nowhere(path: str) -> None:
    assert compile_path(path, regime=REGIME) is None


@pytest.mark.parametrize(
    ("path", "changes", "found"),
    [
        ("activity.nature", {}, "applied"),
        ("exposure.person.employment", {}, "visitor"),
        ("exposure.recipient.employment", {}, "visitor"),
        ("exposure.organisation.country", TO_HOME, "XC"),
        ("exposure.recipient.country", TO_HOME, "XC"),
        ("exposure.employer.country", {}, "XC"),
        ("exposure.host.kind", {}, "university"),
        ("exposure.giver.kind", {}, "university"),
        (
            "exposure.giver.located_in",
            {"releases.r1.from": "lin", "people.lin.located_in": "XB"},
            "XB",
        ),
        ("exposure.release.how", {}, "disclosure"),
        ("exposure.item.nature", {}, "technology"),
        ("exposure.country", {}, "XC"),
        ("exposure.route", {}, "deemed"),
        ("exposure.recipient_kind", {}, "person"),
        ("exposure.recipient_kind", TO_HOME, "organisation"),
    ],
)
def test_a_known_fact_is_found(path: str, changes: Mapping[str, object], found: object) -> None:
    assert value(path, changes) == found


@pytest.mark.parametrize(
    ("path", "changes", "asked"),
    [
        ("activity.kind", {}, ("activity.kind",)),
        ("exposure.person.visa", {}, ("people.lin.visa",)),
        ("exposure.organisation.kind", TO_HOME, ("organisations.home.kind",)),
        ("exposure.employer.country", {"people.lin.employer": ABSENT}, ("people.lin.employer",)),
        ("exposure.employer.kind", {}, ("organisations.home.kind",)),
        ("exposure.host.kind", {"activity.host": ABSENT}, ("activity.host",)),
        (
            "exposure.giver.kind",
            {"releases.r1.from": ABSENT, "activity.host": ABSENT},
            ("releases.r1.from",),
        ),
        ("exposure.release.verbs", {}, ("releases.r1.verbs",)),
        ("exposure.item.classified", {}, ("items.thing.classified",)),
        ("exposure.item.measures.range", {}, ("items.thing.measures.range",)),
        ("exposure.country", {"people.lin.citizenships": ABSENT}, ("people.lin.citizenships",)),
        ("exposure.route", {"releases.r1.where": ABSENT}, ("releases.r1.where",)),
    ],
)
def test_a_missing_fact_names_what_to_ask(
    path: str, changes: Mapping[str, object], asked: tuple[str, ...]
) -> None:
    assert missing(path, changes) == asked


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("exposure.person.employment", TO_HOME),
        ("exposure.organisation.country", {}),
        ("exposure.recipient.country", {}),
        ("exposure.recipient.employment", TO_HOME),
        ("exposure.employer.country", TO_HOME),
        ("exposure.giver.kind", {"releases.r1.from": "lin"}),
        ("exposure.release.meeting", {}),
    ],
)
def test_what_such_a_party_cannot_have_is_known_to_be_none(
    path: str, changes: Mapping[str, object]
) -> None:
    assert value(path, changes) is None


def test_who_has_no_employer_has_none_even_where_an_organisation_is_called_none() -> None:
    whole = {**document({"people.lin.employer": ABSENT}), "complete": True}
    whole["organisations"]["None"] = {"country": "XB"}
    path = compile_path("exposure.employer.country", regime=REGIME)
    assert path is not None
    assert path.look(read(whole)).fact.value is None


def test_a_stateless_person_leaves_the_country_to_the_law() -> None:
    found = look("exposure.country", {"people.lin.citizenships": []})
    assert (found.fact, found.missing, found.unsettled) == (UNKNOWN_FACT, (), True)


def test_an_organisation_is_foreign_by_its_country_unless_it_says_otherwise() -> None:
    path = "exposure.organisation.foreign_person"
    assert value(path, TO_HOME) is True
    assert value(path, {**TO_HOME, "organisations.home.country": "XA"}) is False
    assert value(path, {**TO_HOME, "organisations.home.foreign_person": False}) is False
    unknown = {**TO_HOME, "organisations.home.country": ABSENT}
    assert missing(path, unknown) == ("organisations.home.foreign_person",)
    given_by_a_person = {**TO_HOME, "releases.r1.from": "lin"}
    assert missing(path, given_by_a_person) == ("organisations.home.foreign_person",)


def test_whether_somebody_is_foreign_hangs_on_the_release_too() -> None:
    axes = {
        path: compiled.axes
        for path in (
            "exposure.organisation.foreign_person",
            "exposure.organisation.country",
            "exposure.host.foreign_person",
            "exposure.host.country",
        )
        if (compiled := compile_path(path, regime=REGIME))
    }
    assert axes == {
        "exposure.organisation.foreign_person": {"who", "release"},
        "exposure.organisation.country": {"who"},
        "exposure.host.foreign_person": {"release"},
        "exposure.host.country": set(),
    }


SIGNED: list[dict[str, object]] = [
    {"kind": "nda", "signed": False, "by": "lin"},
    {"kind": "nda", "signed": True, "by": "home"},
]


def paper(papers: list[dict[str, object]], field: str = "signed") -> Found:
    path = compile_path(f"papers.nda.{field}", regime=REGIME)
    assert path is not None
    return path.look(exposure({"papers": papers}))


def test_one_signed_paper_of_a_kind_is_enough() -> None:
    assert paper(SIGNED).fact.value is True
    assert paper([SIGNED[1], {"kind": "nda"}]).fact.value is True


def test_a_paper_that_may_yet_be_signed_leaves_the_question_open() -> None:
    assert paper([SIGNED[0], {"kind": "nda"}]).missing == ("papers.nda.signed",)
    assert paper([{"kind": "nda"}]).missing == ("papers.nda.signed",)


def test_a_paper_is_refused_only_if_somebody_says_so() -> None:
    assert paper([{"kind": "nda", "refused": True}], "refused").fact.value is True
    assert paper([{"kind": "nda", "signed": True}], "refused").fact.value is None
    assert look("papers.nda.refused", {"papers": "unknown"}).fact.value is None


@pytest.mark.parametrize("papers", ["unknown", [], [{"kind": "exemption"}]])
def test_what_would_authorise_is_held_only_where_it_is_named(papers: object) -> None:
    assert look("papers.exemption.signed", {"papers": papers}).fact.value is None
    held = {"papers": [{"kind": "exemption", "signed": True}]}
    assert look("papers.exemption.signed", held).fact.value is True


def test_no_paper_of_a_kind_is_known_to_be_none_and_unknown_papers_are_asked_for() -> None:
    assert paper([]).fact.value is None
    assert paper([{"kind": "attestation", "signed": True}]).fact.value is None
    assert missing("papers.nda.signed", {"papers": "unknown"}) == ("papers.nda.signed",)


def test_another_field_of_papers_is_that_of_the_first() -> None:
    assert paper(SIGNED, "by").fact.value == "lin"
    assert paper(SIGNED[:1]).fact.value is False


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("entry", "1X001"),
        ("group", "technology"),
        ("category", "1"),
        ("sta", "none_stated"),
        ("tsr", "yes"),
    ],
)
def test_an_entry_leads_to_what_the_table_says_of_it(field: str, found: object) -> None:
    assert value(f"exposure.item.{field}") == found


@pytest.mark.parametrize(
    ("field", "told", "found"),
    [
        ("paragraph", {"paragraph": "1X001.a"}, "1X001.a"),
        ("for", {"for": "1X002.b"}, "1X002.b"),
        ("for_entry", {"for": "1X002.b"}, "1X002"),
        ("eligible", {"eligible": []}, ()),
        ("eligible", {"eligible": ["STA"]}, ("STA",)),
    ],
)
def test_a_classifiers_words_are_found(
    field: str, told: Mapping[str, object], found: object
) -> None:
    changes = {f"{CONTROL}.{key}": word for key, word in told.items()}
    assert value(f"exposure.item.{field}", changes) == found


@pytest.mark.parametrize(
    ("field", "asked"),
    [("paragraph", "paragraph"), ("for", "for"), ("for_entry", "for"), ("eligible", "eligible")],
)
def test_a_classifiers_missing_word_is_asked_for(field: str, asked: str) -> None:
    assert missing(f"exposure.item.{field}") == (f"{CONTROL}.{asked}",)


@pytest.mark.parametrize("item", [ABSENT, "listed"])
@pytest.mark.parametrize("field", ["tsr", "sta", "group", "category"])
def test_without_an_entry_the_entry_is_asked_for(item: object, field: str) -> None:
    assert missing(f"exposure.item.{field}", {f"{CONTROL}.item": item}) == (f"{CONTROL}.item",)


def test_an_entry_the_table_lacks_is_left_to_the_law_and_a_word_is_left_to_the_facts() -> None:
    lacking = look("exposure.item.sta", {f"{CONTROL}.item": "9X999"}, items=())
    assert (lacking.missing, lacking.unsettled) == ((), True)
    word = look("exposure.item.sta", {f"{CONTROL}.item": "not_listed"})
    assert (word.missing, word.unsettled) == ((), False)


def test_the_exception_for_technology_is_asked_of_a_classifier_where_the_table_needs_reading() -> (
    None
):
    unread = (item_row(tsr_needs_reading=True, tsr_excludes=("1X001.a",)),)
    assert missing("exposure.item.tsr", items=unread) == (f"{CONTROL}.eligible",)
    told = {f"{CONTROL}.eligible": ["TSR"]}
    assert value("exposure.item.tsr", told, items=unread) == "yes"
    unknown = look("exposure.item.tsr", items=(item_row(tsr="unknown"),))
    assert (unknown.missing, unknown.unsettled) == ((), True)
    assert value("exposure.item.tsr", told, items=()) == "yes"


OTHER = "items.thing.control.XA-ARMS.item"


@pytest.mark.parametrize(
    ("told", "entry"),
    [("ML5", "not_subject"), ("listed", "not_subject")],
)
def test_an_entry_under_another_law_of_the_country_puts_it_outside_this_one(
    told: str, entry: str
) -> None:
    changes = {f"{CONTROL}.item": ABSENT, OTHER: told}
    assert value("exposure.item.entry", changes) == entry


@pytest.mark.parametrize("told", ["not_subject", "not_listed", ABSENT])
def test_being_on_no_other_list_says_nothing_of_this_one(told: object) -> None:
    changes = {f"{CONTROL}.item": ABSENT, OTHER: told}
    assert missing("exposure.item.entry", changes) == (f"{CONTROL}.item",)


def test_an_entry_abroad_says_nothing_of_this_one() -> None:
    changes = {f"{CONTROL}.item": ABSENT, "items.thing.control.XB-ARMS.item": "ML5"}
    assert missing("exposure.item.entry", changes) == (f"{CONTROL}.item",)


def test_a_path_knows_the_type_of_its_value() -> None:
    names = [
        compiled.type.name
        for path in (
            "activity.nature",
            "exposure.country",
            "exposure.item.eligible",
            "exposure.item.measures.x",
        )
        if (compiled := compile_path(path, regime=REGIME))
    ]
    assert names == ["enum", "country", "list of text", "quantity"]
