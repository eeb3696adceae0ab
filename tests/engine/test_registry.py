"""The registry of facts: paths lead to specs, and every fact says what is asked and why."""

from __future__ import annotations

import pytest

from apps.engine.facts import REGISTRY, FactSpec, spec_for
from apps.engine.facts.registry import BY_BLOCK, MEASURE, NATIONALITY_FACTS, ORDER


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("activity.nature", "activity.nature"),
        ("people.lin.citizenships", "people.*.citizenships"),
        ("organisations.us-campus.country", "organisations.*.country"),
        ("items.press.nature", "items.*.nature"),
        ("items.press.control.US-EAR.item", "items.*.control.item"),
        ("items.press.control.XA.excludes", "items.*.control.excludes"),
        ("items.press.measures.specific_energy", "items.*.measures.*"),
        ("items.press.measures.peak-power", "items.*.measures.*"),
        ("releases.r1.how", "releases.*.how"),
        ("papers.tsr_assurance.signed", "papers.*.signed"),
        ("people.李.visa", "people.*.visa"),
    ],
)
def test_a_path_leads_to_its_fact(path: str, pattern: str) -> None:
    spec = spec_for(path)
    assert spec is not None
    assert spec.pattern == pattern


@pytest.mark.parametrize(
    "path",
    [
        "",
        "activity",
        "activity.colour",
        "people.lin",
        "people.lin.colour",
        "people..citizenships",
        "items.press.control",
        "items.press.control.item",
        "items.press.control.US-EAR.colour",
        "items.press.measures",
        "items.press.measures.a.b",
        "releases[0].how",
        "papers.signed",
        "strangers.x.y",
    ],
)
def test_a_path_of_no_fact_leads_nowhere(path: str) -> None:
    assert spec_for(path) is None


def test_patterns_are_distinct_and_stand_in_order() -> None:
    assert list(ORDER.values()) == list(range(len(REGISTRY)))
    assert MEASURE.pattern not in ORDER


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.pattern)
def test_every_fact_has_a_label_a_question_and_a_reason(spec: FactSpec) -> None:
    assert spec.label
    assert not spec.label.endswith(".")
    assert spec.ask.endswith(("?", "."))
    assert spec.why.endswith(".")
    assert spec.privacy in (1, 2, 3)
    assert spec.asked_of in ("requester", "office")
    assert spec.type.name


def test_nationality_is_sensitive_and_has_a_legal_basis_and_nothing_else_has_one() -> None:
    based = {spec.field for spec in REGISTRY if spec.legal_basis}
    assert based == NATIONALITY_FACTS
    assert {BY_BLOCK["people"][name].privacy for name in NATIONALITY_FACTS} == {3}


@pytest.mark.parametrize(
    ("path", "values", "unit"),
    [
        ("activity.kind", ("joint_venture", "visit", "facility"), ""),
        ("people.lin.influence", ("contract", "benefit", "instruction"), ""),
        ("people.lin.months_resident", (), "months"),
        ("people.lin.benefit_share", (), "%"),
        ("people.lin.visa", (), ""),
    ],
)
def test_a_fact_tells_its_words_and_its_unit(path: str, values: tuple[str, ...], unit: str) -> None:
    spec = spec_for(path)
    assert spec is not None
    assert (spec.values, spec.unit) == (values, unit)
