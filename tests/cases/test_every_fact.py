"""Every fact a requester may be asked for can be saved alone, and the document stays readable."""

from __future__ import annotations

import pytest

from apps.cases.domain.checking import check_answers, not_askable
from apps.cases.domain.facts import facts_of
from apps.cases.domain.intake import save_facts
from apps.engine.facts import REGISTRY, FactSpec, Vocabulary, read_facts, shapes
from apps.engine.facts.types import (
    Country,
    Day,
    FactType,
    Flag,
    Identifier,
    Number,
    OneOf,
    Quantity,
    Region,
    Text,
)
from apps.engine.refusal import Refusals
from tests.factories.accounts import NOON
from tests.factories.cases import CaseFactory, answer

pytestmark = pytest.mark.django_db
SIMPLE: dict[type[FactType], object] = {
    Text: "Some words",
    Flag: True,
    Country: "XB",
    Day: "2026-12-01",
    Number: 7,
    Region: "XB-A1",
    Identifier: "somebody",
    shapes.Entry: "3E001",
    shapes.Nationalities: [{"country": "XB"}, {"country": "XC", "from": "2001-02-03"}],
}


def path_of(spec: FactSpec) -> str:
    field = spec.field.replace("control.", "control.XX-LIST.")
    return field if spec.block == "activity" else f"{spec.block}.one.{field}"


def full_path(spec: FactSpec) -> str:
    return f"activity.{path_of(spec)}" if spec.block == "activity" else path_of(spec)


def sample(kind: FactType) -> object:
    if isinstance(kind, shapes.ListOf):
        return [sample(kind.of)]
    if isinstance(kind, shapes.Record):
        return {key: sample(field) for key, field in kind.fields.items()}
    if isinstance(kind, shapes.Choice):
        return sample(kind.first)
    if isinstance(kind, OneOf):
        return kind.values[0]
    if isinstance(kind, Quantity):
        return f"5 {kind.unit or 'km'}"
    return SIMPLE[type(kind)]


ASKABLE = [spec for spec in REGISTRY if not not_askable(full_path(spec), where="")]


@pytest.mark.parametrize("spec", ASKABLE, ids=lambda spec: spec.pattern)
@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_fact_saved_alone_makes_a_readable_document(spec: FactSpec, *, known: bool) -> None:
    case, value = CaseFactory.create(), sample(spec.type) if known else "unknown"
    save_facts(case, {full_path(spec): value}, by=case.owner, version=1, at=NOON)
    read_facts(facts_of(case))


def test_all_facts_together_make_a_readable_document() -> None:
    case = CaseFactory.create()
    everything = {full_path(spec): sample(spec.type) for spec in ASKABLE}
    save_facts(case, everything, by=case.owner, version=1, at=NOON)
    facts = read_facts(facts_of(case))
    assert facts.people["one"]["name"].value == "Some words"
    assert facts.items["one"]["control.XX-LIST.item"].value == "3E001"


@pytest.mark.parametrize("spec", ASKABLE, ids=lambda spec: spec.pattern)
def test_no_fact_takes_a_value_of_another_shape(spec: FactSpec) -> None:
    with pytest.raises(Refusals):
        check_answers({full_path(spec): {"nonsense": [{}]}}, vocabulary=Vocabulary())


def test_measures_are_answered_one_by_one() -> None:
    case = CaseFactory.create()
    assert not_askable("items.one.measures", where="")[0].code == "unknown_fact"
    save_facts(case, {"items.one.measures.range": "40 km"}, by=case.owner, version=1, at=NOON)
    assert str(read_facts(facts_of(case)).items["one"]["measures.range"].value) == "40 km"


def test_somebody_named_in_an_answer_that_was_saved_before_is_found() -> None:
    case = CaseFactory.create()
    answer(case, "releases.way.who", ["helper", "visitor"])
    assert set(read_facts(facts_of(case)).people) == {"helper", "visitor"}
