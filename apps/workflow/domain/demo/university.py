"""Founds the demo university: units, facilities, offices, people with their roles and delegates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from apps.accounts.domain.actors import SystemActor
from apps.accounts.domain.delegation import appoint_delegate
from apps.accounts.domain.membership import join_office
from apps.accounts.domain.people import give_password, register_person
from apps.accounts.domain.places import (
    NewOffice,
    found_facility,
    found_institution,
    found_unit,
    open_office,
)
from apps.accounts.enums import InstitutionKind
from apps.accounts.models import Institution, Office, Unit, User
from apps.engine.refusal import Refusal, Refusals
from apps.rulebook.domain.block import Block
from apps.workflow.domain.demo.script import DemoPerson, read_people, read_top

DEMO = SystemActor("demo")
KEYS = ("institution", "units", "facilities", "offices", "people", "delegates", "password")
OPEN_SINCE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class University:
    """What was founded: the institution, and its people by their id in the file."""

    institution: Institution
    people: dict[str, User]


def found_university(folder: Path, *, at: datetime) -> University:
    """Put everything of `university.yaml` on record, to be called in one transaction.

    Raises Refusals naming every fault of the file.
    """
    refusals: list[Refusal] = []
    top = read_top(folder, "university.yaml", "demo-university/1", refusals)
    top.only(("format", *KEYS))
    persons = read_people(top)
    if refusals:
        raise Refusals(refusals)
    institution = _institution(top.block("institution"), at)
    units = _units(top, institution, at)
    offices = _offices(top, institution, at)
    people = {
        person.id: _person(person, units.get(person.unit, institution), offices, at)
        for person in persons
    }
    give_password(people.values(), top.text("password"))
    for block in top.blocks("delegates"):
        _delegate(block, people, at)
    return University(institution, people)


def _institution(block: Block, at: datetime) -> Institution:
    return found_institution(
        slug=block.text("slug"),
        name=block.text("name"),
        country=block.text("country"),
        kind=InstitutionKind(block.text("kind", choices=tuple(InstitutionKind))),
        by=DEMO,
        at=at,
    )


def _units(top: Block, institution: Institution, at: datetime) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for block in top.blocks("units"):
        slug, parent = block.text("slug"), units.get(block.text("parent"))
        units[slug] = found_unit(
            institution, slug=slug, name=block.text("name"), parent=parent, by=DEMO, at=at
        )
    for block in top.blocks("facilities"):
        slug, unit = block.text("slug"), units.get(block.text("unit"))
        found_facility(institution, slug=slug, name=block.text("name"), unit=unit, by=DEMO, at=at)
    return units


def _offices(top: Block, institution: Institution, at: datetime) -> dict[str, Office]:
    offices: dict[str, Office] = {}
    for block in top.blocks("offices"):
        new = NewOffice(
            slug=block.text("slug"),
            name=block.text("name"),
            time_zone=block.text("time_zone"),
            campus=block.text("campus"),
            catch_all=block.flag("catch_all"),
        )
        below = offices.get(block.text("parent"), institution)
        offices[new.slug] = open_office(below, new=new, by=DEMO, at=at)
    return offices


def _person(
    person: DemoPerson,
    place: Institution | Unit,
    offices: dict[str, Office],
    at: datetime,
) -> User:
    user = register_person(person.email, display_name=person.name, place=place, by=DEMO, at=at)
    for role, slug in person.roles:
        since = (at - OPEN_SINCE).date()
        join_office(user, offices[slug], role=role, since=since, by=DEMO, at=at)
    return user


def _delegate(block: Block, people: dict[str, User], at: datetime) -> None:
    begins = (at - OPEN_SINCE).date()
    appoint_delegate(
        people[block.text("delegate")],
        since=begins,
        until=(at + timedelta(days=block.count("days") or 1)).date(),
        by=people[block.text("principal")],
        at=at,
    )
