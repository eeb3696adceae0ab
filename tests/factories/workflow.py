"""A house for tests: an institution under the small law, its people, and cases by verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from apps.accounts.models import Institution, Office, Unit, User
from apps.cases.domain.intake import open_draft, save_facts
from apps.cases.enums import CaseKind
from apps.cases.models import Case
from apps.engine.lifecycle import Decision, Role
from apps.screening.domain.ruling import Ruling
from apps.workflow.domain.case.recommend import recommend
from apps.workflow.domain.case.submit import submit_case
from apps.workflow.domain.case.take import take_case
from tests.factories.accounts import (
    InstitutionFactory,
    OfficeFactory,
    PersonFactory,
    UnitFactory,
    officer_at,
)
from tests.factories.law import ENTRY, LISTED, REGIME, enact, publish_list

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
UNTIL = date(2027, 5, 31)

EXCEPTION = "XB"  # tier T3: an exception with a condition
LICENCE = "XC"  # tier T4
FREE = "XD"  # tier T1
__all__ = ["EXCEPTION", "FREE", "LICENCE", "LISTED", "NOON", "TODAY", "UNTIL", "House"]


@dataclass(frozen=True)
class House:
    """Who works where."""

    institution: Institution
    department: Unit
    office: Office
    engineering: Office
    researcher: User
    triage: User
    reviewer: User
    second: User
    official: User


def house() -> House:
    """An institution with a catch-all office, a second one for engineering, and people in them."""
    enact(NOON)
    publish_list(NOON)
    institution = InstitutionFactory.create(slug="home", country="XA")
    office = OfficeFactory.create(institution=institution, slug="central", catch_all=True)
    engineering = OfficeFactory.create(institution=institution, slug="engineering")
    department = UnitFactory.create(institution=institution, slug="engineering")
    return House(
        institution=institution,
        department=department,
        office=office,
        engineering=engineering,
        researcher=PersonFactory.create(institution=institution),
        triage=officer_at(office, Role.TRIAGE_OFFICER),
        reviewer=officer_at(office, Role.REVIEW_OFFICER),
        second=officer_at(office, Role.REVIEW_OFFICER),
        official=officer_at(office, Role.EMPOWERED_OFFICIAL),
    )


def answers(country: str | None = EXCEPTION, **more: object) -> dict[str, object]:
    """The answers of a visit by a citizen of a country; None: the country is not known yet."""
    given: dict[str, object] = {
        "items.technology.title": "A process",
        "items.technology.nature": "technology",
        "items.technology.published": False,
        f"items.technology.control.{REGIME}.item": ENTRY,
        "releases.r1.what": "technology",
        "releases.r1.how": "training",
        "releases.r1.where": "XA",
        "people.visitor.name": "Lin Invented",
        "people.visitor.employment": "visitor",
        "people.visitor.permanent_residencies": [],
        "people.visitor.protected_in": [],
    }
    if country is not None:
        given["people.visitor.citizenships"] = [{"country": country}]
    return {**given, **more}


def draft(
    home: House, facts: Mapping[str, object] | None = None, *, by: User | None = None
) -> Case:
    """A draft with answers, made as a person makes it."""
    owner = by or home.researcher
    case = open_draft(kind=CaseKind.VISIT, by=owner, at=NOON, title="A visit")
    return save_facts(
        case, answers() if facts is None else facts, by=owner, version=case.version, at=NOON
    )


def submitted(home: House, country: str | None = EXCEPTION, **more: object) -> Case:
    """A case at triage."""
    case = draft(home, answers(country, **more))
    return submit_case(case, by=case.owner, version=case.version, at=NOON)


def in_review(home: House, country: str | None = EXCEPTION, **more: object) -> Case:
    """A case in the reviewer's hands."""
    case = submitted(home, country, **more)
    return take_case(case, by=home.reviewer, version=case.version, at=NOON)


def recommended(
    home: House,
    country: str | None = EXCEPTION,
    *,
    outcome: Decision = Decision.APPROVE_WITH_CONDITIONS,
) -> Case:
    """A case that waits for a second signature."""
    case = in_review(home, country)
    ruling = Ruling(outcome=outcome, reason="All is in order.", until=UNTIL)
    return recommend(case, ruling, by=home.reviewer, version=case.version, at=NOON)
