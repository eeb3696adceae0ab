"""Institutions, units, offices and facilities: founded once, told once, refused by field."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from apps.accounts.domain.actors import SETUP
from apps.accounts.domain.places import (
    NewOffice,
    found_facility,
    found_institution,
    found_unit,
    open_office,
)
from apps.accounts.domain.queries import (
    catch_all_of,
    institutions_without_catch_all,
    office_called,
    unit_path,
)
from apps.accounts.enums import InstitutionKind
from apps.accounts.models import Institution, Office, Unit
from apps.audit.models import Event
from apps.engine.refusal import Refusal, Refusals
from tests.factories.accounts import (
    NOON,
    FacilityFactory,
    InstitutionFactory,
    OfficeFactory,
    PersonFactory,
    UnitFactory,
    hold,
)

pytestmark = pytest.mark.django_db

found = partial(
    found_institution,
    slug="demo",
    name="Demo University",
    country="XA",
    kind=InstitutionKind.UNIVERSITY,
    by=SETUP,
    at=NOON,
)
unit_of = partial(found_unit, by=SETUP, at=NOON)


def office_of(below: Institution | Office, **said: object) -> Office:
    new = NewOffice(**{"time_zone": "UTC", **said})  # type: ignore[arg-type]
    return open_office(below, new=new, by=SETUP, at=NOON)


def test_an_institution_grows_a_tree_and_its_history_tells_each_part() -> None:
    demo = found()
    faculty = unit_of(demo, slug="science", name="Science")
    group = unit_of(demo, slug="batteries", name="Batteries", parent=faculty)
    found_facility(demo, slug="clean", name="Clean room", unit=group, by=SETUP, at=NOON)
    central = office_of(demo, slug="central", name="Central", catch_all=True)
    office_of(central, slug="north", name="North", campus="North")
    events = Event.objects.filter(subject="institution:demo").order_by("seq")
    assert [(event.verb, event.payload["slug"]) for event in events] == [
        ("institution_founded", "demo"),
        ("unit_founded", "science"),
        ("unit_founded", "batteries"),
        ("facility_founded", "clean"),
        ("office_founded", "central"),
        ("office_founded", "north"),
    ]
    assert unit_path(group) == ("batteries", "science", "demo")
    assert unit_path(None) == ()
    assert [catch_all_of(demo), office_called("north").parent] == [central, central]


def test_a_unit_that_is_its_own_ancestor_ends_the_path() -> None:
    first = UnitFactory.create(slug="first")
    second = UnitFactory.create(slug="second", institution=first.institution, parent=first)
    Unit.objects.filter(pk=first.pk).update(parent=second)
    assert unit_path(second) == ("second", "first", first.institution.slug)


def test_every_wrong_field_is_named_and_nothing_is_saved() -> None:
    with pytest.raises(Refusals) as refused:
        found(slug="not a slug", name="", country="xyz")
    assert sorted({(item.where, item.code) for item in refused.value.items}) == [
        ("country", "max_length"),
        ("country", "unknown_country"),
        ("name", "blank"),
        ("slug", "invalid"),
    ]
    assert (Institution.objects.count(), Event.objects.count()) == (0, 0)


def test_the_first_office_is_the_catch_all_and_there_is_one_only() -> None:
    demo = found()
    with pytest.raises(Refusal) as refused:
        office_of(demo, slug="north", name="North")
    assert refused.value.code == "catch_all_first"
    office_of(demo, slug="central", name="Central", catch_all=True)
    with pytest.raises(Refusals):
        office_of(demo, slug="second", name="Second", catch_all=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeFactory.create(institution=demo, catch_all=True)
    assert Office.objects.count() == 1


def test_a_part_cannot_hang_below_another_institution() -> None:
    with pytest.raises(Refusal) as refused:
        unit_of(found(), slug="north", name="North", parent=UnitFactory.create())
    assert refused.value.code == "other_institution"


def test_an_unknown_office_and_a_missing_catch_all_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        office_called("nowhere")
    assert refused.value.code == "unknown_office"
    with pytest.raises(Refusal) as refused:
        catch_all_of(InstitutionFactory.create())
    assert refused.value.code == "no_catch_all"


def test_institutions_with_offices_but_no_catch_all_are_found() -> None:
    faulty = OfficeFactory.create().institution
    OfficeFactory.create(catch_all=True)
    InstitutionFactory.create()
    assert list(institutions_without_catch_all()) == [faulty]


@pytest.mark.parametrize("bad", [{"country": "XAB"}, {"country": "X"}, {"kind": "club"}])
def test_the_database_refuses_a_wrong_institution(bad: dict[str, str]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        InstitutionFactory.create(**bad)


def test_nothing_is_its_own_parent() -> None:
    for row in (UnitFactory.create(), OfficeFactory.create()):
        row.parent = row
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_time_zone_is_one_of_the_database_of_time_zones() -> None:
    with pytest.raises(ValidationError):
        OfficeFactory.build(time_zone="Mars/Olympus").clean_fields(exclude=["institution"])


def test_rows_are_named_by_what_people_call_them() -> None:
    office = OfficeFactory.create(name="North")
    rows = [
        office,
        office.institution,
        UnitFactory.create(name="Physics"),
        FacilityFactory.create(name="Microscopes"),
        hold(PersonFactory.create(), office),
    ]
    assert [str(row) for row in rows] == [
        "North",
        office.institution.name,
        "Physics",
        "Microscopes",
        f"review_officer at office {office.pk}",
    ]
