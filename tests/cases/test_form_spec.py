"""The form asks what, then where and with whom, then who, and only what some rule reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.cases.domain.checking import not_askable
from apps.cases.domain.form_file import RECORD_PATHS, control_of, form_of_file, read_form
from apps.cases.domain.form_model import Control, Form
from apps.cases.domain.form_spec import form_for, keys_of, next_key
from apps.cases.enums import CaseKind
from apps.engine.facts import REGISTRY, spec_for
from apps.engine.facts.registry import NATIONALITY_FACTS
from apps.engine.refusal import Refusals

EVERYTHING = frozenset(spec.pattern for spec in REGISTRY)


def paths(form: Form) -> list[str]:
    return [field.path for page in form.pages for field in page.fields]


@pytest.mark.parametrize("kind", list(CaseKind))
def test_every_kind_of_request_has_its_form(kind: CaseKind) -> None:
    assert read_form(kind).kind == kind


def test_the_order_is_what_then_where_and_with_whom_then_who() -> None:
    assert [page.slug for page in form_for("visit").pages] == [
        "request",
        "technology",
        "classification",
        "work",
        "ways",
        "home",
        "visitor",
        "nationality",
        "papers",
    ]


def test_nothing_about_nationality_is_asked_before_everything_else_but_papers() -> None:
    pages = [
        page.slug
        for page in form_for("visit").pages
        for field in page.fields
        if field.pattern.removeprefix("people.*.") in NATIONALITY_FACTS
    ]
    assert pages == ["nationality"] * 3


def test_every_field_is_a_fact_its_requester_may_be_asked_for_and_says_why() -> None:
    for field in (field for page in form_for("visit").pages for field in page.fields):
        assert field.label.strip()
        if field.path not in RECORD_PATHS:
            assert not_askable(field.path, where="") == []
            spec = spec_for(field.path)
            assert spec is not None
            assert (field.why, field.privacy, field.legal_basis) == (
                spec.why,
                spec.privacy,
                spec.legal_basis,
            )
            assert field.why


def test_no_field_stands_twice() -> None:
    everything = paths(read_form("visit"))
    assert len(set(everything)) == len(everything)


def test_a_choice_offers_every_word_of_its_fact() -> None:
    for field in (field for page in read_form("visit").pages for field in page.fields):
        if field.control in {Control.ONE_OF, Control.MANY_OF} and field.pattern in EVERYTHING:
            spec = next(spec for spec in REGISTRY if spec.pattern == field.pattern)
            if spec.values:
                assert {option.value for option in field.options} == set(spec.values)


def test_a_technology_and_a_way_that_were_named_have_a_section_each() -> None:
    form = form_for(
        "visit", answers={"items.press.title": "Press", "items.press2.nature": "course"}
    )
    technology, ways = form.page("technology"), form.page("ways")
    assert technology is not None
    assert ways is not None
    assert [section.key for section in technology.sections] == ["press", "press2"]
    assert [section.key for section in ways.sections] == ["way"]
    assert [(o.value, o.label) for o in ways.fields[0].options] == [
        ("press", "Press"),
        ("press2", "press2"),
    ]


def test_one_more_section_gets_the_next_number() -> None:
    answers = {f"items.{key}.title": "x" for key in ("technology10", "technology", "technology2")}
    assert keys_of("items", "technology", answers) == (
        "technology",
        "technology2",
        "technology10",
    )
    assert next_key("items", "technology", answers) == "technology11"
    assert next_key("items", "technology", {}) == "technology2"
    assert next_key("items", "technology", {"items.press.title": "x"}) == "technology1"


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, set()),
        ({"releases.way.how": "operation"}, {"verbs"}),
        ({"releases.way.how": "login"}, {"reveals", "secured"}),
        ({"releases.way.how": "disclosure"}, {"meeting"}),
        ({"releases.way2.how": "operation", "releases.way.how": "service"}, {"way2.verbs"}),
    ],
)
def test_what_depends_on_an_answer_is_asked_after_that_answer_only(
    answers: dict[str, object], shown: set[str]
) -> None:
    page = form_for("visit", answers=answers).page("ways")
    assert page is not None
    always = {"what", "how", "where", "window"}
    found = {
        field.path.removeprefix("releases.").removeprefix("way.")
        for field in page.fields
        if field.path.rsplit(".", 1)[1] not in always
    }
    assert found == shown


def test_a_paper_that_is_signed_is_asked_for_its_day() -> None:
    page = form_for("visit", answers={"papers.tsr_assurance.signed": True}).page("papers")
    assert page is not None
    assert [field.path for field in page.fields][1:] == ["papers.tsr_assurance.on"]


def test_a_field_no_rule_reads_is_left_out_unless_something_else_needs_it() -> None:
    form = form_for("visit", read={"items.*.published"})
    assert [field.path for field in form.pages[1].fields] == [
        "items.technology.title",
        "items.technology.published",
    ]
    for page in form.pages:
        for field in page.fields:
            assert field.always or field.pattern == "items.*.published"
    assert form.page("nationality") is None


def test_a_rule_that_reads_the_person_of_an_exposure_reads_people() -> None:
    form = form_for("visit", read={"exposure.person.citizenships"})
    page = form.page("nationality")
    assert page is not None
    assert [field.path for field in page.fields] == ["people.visitor.citizenships"]


def test_a_classification_is_asked_for_the_regimes_in_force_only() -> None:
    pages = [
        form_for("visit", regimes=regimes).page("classification") for regimes in ((), ("US-EAR",))
    ]
    assert pages[0] is None
    assert pages[1] is not None
    assert {field.regime for field in pages[1].fields} == {"US-EAR"}


def test_reading_everything_shows_everything() -> None:
    assert paths(form_for("visit", read=EVERYTHING)) == paths(form_for("visit"))


def test_how_a_fact_is_answered_follows_from_its_type() -> None:
    controls = {spec.pattern: control_of(spec) for spec in REGISTRY if spec.asked_of == "requester"}
    assert controls["people.*.citizenships"] is Control.DATED_COUNTRIES
    assert controls["people.*.protected_in"] is Control.COUNTRIES
    assert controls["people.*.affiliations"] is Control.AFFILIATIONS
    assert controls["people.*.months_resident"] is Control.NUMBER
    assert controls["people.*.benefit_share"] is Control.QUANTITY
    assert controls["people.*.employed_since"] is Control.DAY
    assert controls["activity.clauses"] is Control.LINES
    assert controls["activity.funders"] is Control.FUNDERS
    assert controls["releases.*.window"] is Control.WINDOW
    assert controls["people.*.study"] is None
    assert controls["organisations.*.owners"] is Control.OWNERS


HEAD = """
format: form/1
kind: visit
title: T
pages:
  - id: p
    title: T
    lead: L
    fields:
"""


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("{path: people.visitor.shoe_size, label: L}", "not_askable"),
        ("{path: people.visitor.hits, label: L}", "asked_of_office"),
        ("{path: people.visitor.study, label: L}", "not_askable"),
        ("{path: activity.nature, label: L, long: true}", "not_askable"),
        ("{path: activity.nature, label: L, choices: [{value: magic, label: M}]}", "wrong_options"),
        ("{path: activity.nature, label: L}", "wrong_options"),
        ("{path: activity.clauses, label: L, when: {path: x, is: [y]}}", "unasked_condition"),
        ("{path: activity.clauses}", "missing_key"),
        ("{path: activity.clauses, label: L, colour: red}", "unknown_key"),
    ],
)  # fmt: skip
def test_a_form_that_asks_wrongly_is_refused(tmp_path: Path, field: str, code: str) -> None:
    file = tmp_path / "form.yaml"
    file.write_text(f"{HEAD}      - {field}\n", encoding="utf-8")
    with pytest.raises(Refusals) as refused:
        form_of_file(file, file="form.yaml")
    assert code in {item.code for item in refused.value.items}
