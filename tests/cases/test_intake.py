"""Answers are typed when they are saved, all or none, and any part of them is a valid draft."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from apps.accounts.domain.delegation import appoint_delegate
from apps.audit.models import Event
from apps.cases.domain.access import visible_cases
from apps.cases.domain.checking import MOST_AT_ONCE
from apps.cases.domain.digests import answer_digest
from apps.cases.domain.facts import answers_of, facts_of
from apps.cases.domain.intake import describe_case, open_draft, save_facts
from apps.cases.enums import CaseKind, ShareScope
from apps.cases.models import Case, CaseFact
from apps.engine.facts import read_facts
from apps.engine.lifecycle import Status
from apps.engine.refusal import Refusal, Refusals
from apps.engine.rows import CountryRow, ItemRow, Period, Rows, Source
from apps.rulebook.domain.load import load_edition
from tests.factories.accounts import NOON, TODAY, PersonFactory, UnitFactory
from tests.factories.cases import CaseFactory, answer, shared

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, object] = {
    "activity.nature": "applied",
    "activity.publication": ["patent_delay"],
    "items.technology.title": "Cathode coating",
    "items.technology.nature": "technology",
    "items.technology.published": False,
    "items.technology.measures.thickness": "12 um",
    "items.technology.control.XX-LIST.item": "3E001",
    "organisations.home.country": "XB",
    "people.visitor.citizenships": [{"country": "XB", "from": "1990-01-02"}, {"country": "XC"}],
    "people.visitor.employer": "home",
    "people.visitor.months_resident": Decimal("2.5"),
    "people.visitor.visa": "unknown",
    "releases.way.what": ["technology"],
    "releases.way.how": "training",
    "releases.way.window": {"from": "2026-12-01", "until": "2027-05-31"},
    "papers.tsr_assurance.signed": True,
    "papers.tsr_assurance.about": ["visitor", "way"],
}

SOURCE = Source("1 XX 1", "invented")
COUNTRY = CountryRow("DE", "Germany", Period(), SOURCE)
ENTRY = ItemRow(
    regime="XX-LIST",
    item="3E001",
    category="3",
    group="technology",
    title="Invented",
    captured=True,
    tsr="no",
    tsr_excludes=(),
    tsr_excludes_reasons=(),
    tsr_needs_reading=False,
    sta="none_stated",
    eligible=(),
    period=Period(),
    source=SOURCE,
)


def save(case: Case, facts: dict[str, object], **more: object) -> Case:
    told = {"by": case.owner, "version": case.version, "at": NOON, **more}
    return save_facts(case, facts, **told)  # type: ignore[arg-type]


def refused_codes(case: Case, facts: dict[str, object], **more: object) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as refused:
        save(case, facts, **more)
    return sorted((item.where, item.code) for item in refused.value.items)


def test_a_draft_has_a_number_an_owner_and_the_place_of_its_owner() -> None:
    unit = UnitFactory.create()
    host = PersonFactory.create(institution=unit.institution, unit=unit)
    case = open_draft(kind=CaseKind.VISIT, title="Spring visit", by=host, at=NOON)
    case.refresh_from_db()
    assert (case.reference, case.kind, case.status, case.version) == (
        "CS-2026-0001",
        "visit",
        "draft",
        1,
    )
    assert (case.owner, case.institution, case.unit) == (host, unit.institution, unit)
    event = Event.objects.get()
    assert (event.subject, event.verb, event.payload) == (
        "case:CS-2026-0001",
        "open_draft",
        {"kind": "visit"},
    )


def test_a_delegate_opens_it_for_the_principal_and_works_on_it_while_delegate() -> None:
    host, helper = PersonFactory.create(), PersonFactory.create()
    ends = date(2026, 12, 1)
    appoint_delegate(helper, since=TODAY, until=ends, by=host, at=NOON)
    case = open_draft(kind=CaseKind.VISIT, by=helper, owner=host, at=NOON)
    save(case, {"activity.nature": "applied"}, by=helper)
    assert (case.owner, case.created_by) == (host, helper)
    assert [set(visible_cases(helper, on=on)) for on in (TODAY, ends)] == [{case}, set()]


def test_nobody_opens_a_request_for_another_without_being_the_delegate() -> None:
    with pytest.raises(Refusal) as refused:
        open_draft(
            kind=CaseKind.VISIT, by=PersonFactory.create(), owner=PersonFactory.create(), at=NOON
        )
    assert refused.value.code == "not_a_delegate"


def test_somebody_without_an_institution_cannot_open_one_and_no_number_is_lost() -> None:
    with pytest.raises(Refusal) as refused:
        open_draft(kind=CaseKind.VISIT, by=PersonFactory.create(institution=None), at=NOON)
    assert refused.value.code == "no_institution"
    case = open_draft(kind=CaseKind.VISIT, by=PersonFactory.create(), at=NOON)
    assert case.reference == "CS-2026-0001"


def test_every_answer_comes_back_as_it_was_given() -> None:
    case = save(CaseFactory.create(), ANSWERS)
    found = {path: row.value for path, row in answers_of(case).items()}
    assert found == ANSWERS
    assert isinstance(found["people.visitor.months_resident"], Decimal)
    assert list(found) == sorted(ANSWERS)


@given(st.sets(st.sampled_from(sorted(ANSWERS))))
def test_any_part_of_the_answers_is_a_document_that_can_be_read(paths: set[str]) -> None:
    case = CaseFactory.create()
    save(case, {path: ANSWERS[path] for path in paths})
    read = read_facts(facts_of(case))
    assert read.activity["kind"].value == "visit"
    case.delete()


def test_one_wrong_answer_saves_none_and_every_wrong_one_is_named() -> None:
    case = CaseFactory.create()
    wrong = {
        "activity.nature": "magic",
        "items.technology.published": "yes",
        "organisations.home.country": "Utopia",
        "people.visitor.employed_since": "2026-02-30",
        "people.visitor.shoe_size": 42,
        "items.technology.title": "Fine",
    }
    assert refused_codes(case, wrong) == [
        ("activity.nature", "not_an_option"),
        ("items.technology.published", "wrong_type"),
        ("organisations.home.country", "unknown_country"),
        ("people.visitor.employed_since", "impossible_date"),
        ("people.visitor.shoe_size", "unknown_fact"),
    ]
    assert (CaseFact.objects.count(), Event.objects.count()) == (0, 0)
    assert Case.objects.get().version == 1


@pytest.mark.parametrize(
    "path",
    ["", ".", "x", "case.title", "people", "people.visitor", "people..name", "people.a b.name",
     "activity.", "__proto__.x", "people.visitor.name\x00", "people." + "x" * 500 + ".name"],
)  # fmt: skip
def test_a_path_that_is_no_fact_is_refused_with_its_code(path: str) -> None:
    codes = {code for _, code in refused_codes(CaseFactory.create(), {path: "x"})}
    assert codes == {"unknown_fact"}


@pytest.mark.parametrize("value", [1.5, float("nan"), object(), {"a": {}}, [[["x"]]], b"x", set()])
def test_a_value_of_no_plain_type_is_refused(value: object) -> None:
    for path in ("activity.nature", "people.visitor.citizenships", "people.visitor.name"):
        assert refused_codes(CaseFactory.create(), {path: value})


def test_what_the_office_settles_is_not_the_requesters_to_answer() -> None:
    facts: dict[str, object] = {"people.visitor.hits": [], "activity.red_flags": []}
    assert refused_codes(CaseFactory.create(), facts) == [
        ("activity.red_flags", "asked_of_office"),
        ("people.visitor.hits", "asked_of_office"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "activity.kind",
        "activity.host",
        "organisations.host.country",
        "releases.way.id",
        "papers.nda.kind",
    ],
)
def test_what_the_record_says_cannot_be_answered_otherwise(path: str) -> None:
    assert refused_codes(CaseFactory.create(), {path: "XB"}) == [(path, "held_by_record")]


def test_codes_are_checked_against_the_edition_in_force() -> None:
    rows = Rows(countries=(COUNTRY,), items=(ENTRY,))
    load_edition(rows, id="2026-a", by="system:test", at=NOON)
    case = save(CaseFactory.create(), {"organisations.home.country": "DE"})
    facts: dict[str, object] = {
        "organisations.home.country": "XZ",
        "items.technology.control.XX-LIST.item": "9Z999",
    }
    assert refused_codes(case, facts) == [
        ("items.technology.control.XX-LIST.item", "unknown_item"),
        ("organisations.home.country", "unknown_country"),
    ]


def test_source_and_date_are_kept_beside_a_value_and_reach_the_facts() -> None:
    long = {"value": True, "source": "library record", "as_of": "2026-11-02"}
    case = save(CaseFactory.create(), {"items.technology.published": long}, source="form")
    save(case, {"items.technology.open_patent": False}, source="form")
    document = facts_of(case)
    assert document["items"] == {
        "technology": {"published": long, "open_patent": {"value": False, "source": "form"}}
    }
    assert refused_codes(case, {"items.technology.published": {**long, "as_of": "2026-13-01"}}) == [
        ("items.technology.published.as_of", "impossible_date")
    ]


def test_an_answer_can_be_changed_and_taken_back() -> None:
    case = save(CaseFactory.create(), {"activity.nature": "applied", "activity.clauses": ["one"]})
    save(case, {"activity.nature": "service", "activity.clauses": None})
    assert {path: row.value for path, row in answers_of(case).items()} == {
        "activity.nature": "service"
    }
    assert case.version == 3


def test_saying_nothing_new_leaves_version_and_history_alone() -> None:
    case = save(CaseFactory.create(), ANSWERS)
    save(case, ANSWERS)
    save(case, {"activity.standards": None})
    save(case, {})
    assert (case.version, Event.objects.count()) == (2, 1)


def test_taking_back_what_is_no_fact_is_refused_too() -> None:
    assert refused_codes(CaseFactory.create(), {"people.visitor.shoe_size": None}) == [
        ("people.visitor.shoe_size", "unknown_fact")
    ]


def test_history_names_paths_and_keyed_digests_and_never_a_value() -> None:
    case = save(CaseFactory.create(), {"people.visitor.name": "Ada Example"})
    save(case, {"people.visitor.name": "Grace Example", "activity.nature": "applied"})
    first, second = Event.objects.order_by("seq")
    digest = {
        name: answer_digest(case, "people.visitor.name", f"{name} Example")
        for name in ("Ada", "Grace")
    }
    assert first.payload == {
        "facts": ["people.visitor.name"],
        "version": 2,
        "before": [""],
        "after": [digest["Ada"]],
    }
    assert second.payload["facts"] == ["activity.nature", "people.visitor.name"]
    assert second.payload["before"] == ["", digest["Ada"]]
    assert "Example" not in f"{first.payload}{second.payload}"


def test_equal_answers_of_two_cases_have_different_digests() -> None:
    first, second = CaseFactory.create(), CaseFactory.create()
    assert answer_digest(first, "a", "XB") != answer_digest(second, "a", "XB")


def test_of_two_who_save_at_once_one_is_told() -> None:
    case = CaseFactory.create()
    other = Case.objects.get()
    save(case, {"activity.nature": "applied"})
    with pytest.raises(Refusal) as refused:
        save(other, {"activity.nature": "service"})
    assert refused.value.code == "stale_version"
    assert [row.value for row in CaseFact.objects.all()] == ["applied"]


@pytest.mark.parametrize("scope", [None, ShareScope.READ, ShareScope.ADVISE])
def test_only_the_owner_and_whom_the_owner_lets_may_answer(scope: ShareScope | None) -> None:
    case, guest = CaseFactory.create(), PersonFactory.create()
    if scope:
        shared(case, guest, scope=scope)
    for change in (
        lambda: save(case, {"activity.nature": "applied"}, by=guest),
        lambda: describe_case(case, title="x", summary="", by=guest, version=1, at=NOON),
    ):
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.code == "not_yours_to_answer"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.APPROVED}))
def test_answers_stand_still_while_the_office_works_on_them(status: Status) -> None:
    case = CaseFactory.create(status=status.value)
    if status in {Status.DRAFT, Status.AWAITING_REQUESTER}:
        assert save(case, {"activity.nature": "applied"}).version == 2
        return
    with pytest.raises(Refusal) as refused:
        save(case, {"activity.nature": "applied"})
    assert refused.value.code == "not_answerable"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("people.visitor.name", "Half \ud800", "forbidden_character"),
        ("activity.clauses", ["one", "\udfff"], "forbidden_character"),
        ("people.visitor.visa", {"value": "J-1", "source": "\x00"}, "forbidden_character"),
        ("people.visitor.visa", {"value": "J-1", "source": "x" * 201}, "too_long"),
        ("people.visitor.months_resident", Decimal("0.12345678901234567890"), "too_many_digits"),
        (
            "items.cell.measures.energy",
            {"value": Decimal("400.00000000000000001"), "unit": "Wh/kg"},
            "too_many_digits",
        ),
    ],
)
def test_what_would_not_come_back_as_it_was_given_is_refused(
    path: str, value: object, code: str
) -> None:
    assert [found for _, found in refused_codes(CaseFactory.create(), {path: value})] == [code]


def test_more_answers_than_a_request_has_questions_are_refused() -> None:
    many: dict[str, object] = {f"items.t{n}.title": "x" for n in range(MOST_AT_ONCE + 1)}
    with pytest.raises(Refusal) as refused:
        save(CaseFactory.create(), many)
    assert refused.value.code == "too_many_answers"


def test_naming_a_request_counts_as_a_change_and_is_told_without_its_words() -> None:
    case = CaseFactory.create()
    for _ in range(2):
        describe_case(
            case, title="New", summary="Plain words", by=case.owner, version=case.version, at=NOON
        )
    case.refresh_from_db()
    assert (case.title, case.summary, case.version) == ("New", "Plain words", 2)
    assert [event.payload for event in Event.objects.all()] == [{"version": 2}]


def test_a_draft_with_an_impossible_title_is_not_opened() -> None:
    host = PersonFactory.create()
    for title, code in (("x" * 201, "too_long"), ("\x00", "forbidden_character")):
        with pytest.raises(Refusals) as refused:
            open_draft(kind=CaseKind.VISIT, title=title, by=host, at=NOON)
        assert [item.code for item in refused.value.items] == [code]
    assert (Case.objects.count(), Event.objects.count()) == (0, 0)


def test_a_name_that_is_too_long_is_refused_field_by_field() -> None:
    case = CaseFactory.create()
    with pytest.raises(Refusals) as refused:
        describe_case(case, title="x" * 201, summary="x" * 1001, by=case.owner, version=1, at=NOON)
    assert [(item.where, item.code) for item in refused.value.items] == [
        ("title", "too_long"),
        ("summary", "too_long"),
    ]


@pytest.mark.parametrize("size", [1, 3, 16])
def test_saving_costs_the_same_for_one_answer_and_for_many(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = CaseFactory.create()
    answer(case, "activity.nature", "service")
    facts = dict(list(ANSWERS.items())[:size])
    with django_assert_num_queries(12):
        save(case, facts)
