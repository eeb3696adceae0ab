"""Every status, verb, role and relation, asked of real people against the law as written down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from apps.accounts.domain.actors import SystemActor
from apps.accounts.models import User
from apps.cases.enums import ShareScope
from apps.cases.models import Case
from apps.engine.lifecycle import SYSTEM, Actor, Relation, Role, Status, Verb
from apps.screening.domain.opinions import latest_recommendation, write_signature
from apps.workflow.domain.permission import may
from apps.workflow.domain.standing import standing_of
from tests.factories.accounts import PersonFactory, hold, officer_at
from tests.factories.cases import shared
from tests.factories.workflow import NOON, TODAY, House, house, recommended

pytestmark = pytest.mark.django_db

REQUESTER, SYSTEM_ALONE = "requester", "system"
OFFICERS = "triage_officer review_officer empowered_official"
REVIEWERS = "review_officer empowered_official"
OUTSIDE = "independent_reviewer"
OPEN = (
    "screening screening_incomplete triage in_review awaiting_requester awaiting_countersign "
    "referred conditions_pending"
)
PAST_TRIAGE = "in_review awaiting_requester awaiting_countersign referred conditions_pending"
# Domain, "Life of a case", written a second time: statuses, verb, who may.
WRITTEN = f"""
draft | submit | requester
draft | discard | requester
screening | screened | system
screening | clear | system
screening | screening_failed | system
screening_incomplete | retry | system
triage | take | {REVIEWERS}
triage | adjudicate | {OFFICERS}
triage | ask | {OFFICERS}
triage | approve | {OFFICERS}
triage | reexamine | system
in_review | adjudicate | {REVIEWERS}
in_review | ask | {REVIEWERS}
in_review | consult | {REVIEWERS}
in_review | recommend | {REVIEWERS}
in_review | decide | {REVIEWERS}
in_review | refer | {REVIEWERS}
awaiting_requester | answer | requester
awaiting_requester | lapse | system
awaiting_countersign | countersign | {REVIEWERS} but author
awaiting_countersign | return | {REVIEWERS}
referred | record_reply | {REVIEWERS}
conditions_pending | conditions_met | {OFFICERS}
conditions_pending | lapse | system
approved | suspend | {OFFICERS} system
approved | expire | system
approved | close | {OFFICERS} requester
approved | amend | requester
approved | renew | requester
suspended | reinstate | {REVIEWERS}
suspended | revoke | {REVIEWERS}
refused revoked | appeal | requester
under_appeal | uphold | {OUTSIDE} but author signer
under_appeal | overturn | {OUTSIDE} but author signer
{OPEN} | withdraw | requester
{PAST_TRIAGE} | reexamine | system
"""
CONFLICTED = {Relation.OWNER, Relation.DELEGATE, Relation.PARTY}
PEOPLE_HAVE = tuple(relation for relation in Relation if relation is not Relation.RECUSED)


@dataclass(frozen=True)
class Said:
    """Who may, by the words of the law."""

    roles: frozenset[str]
    barred: frozenset[str]

    def allows(self, actor: Actor) -> bool:
        if actor.system:
            return SYSTEM_ALONE in self.roles
        asked = actor.relations & {Relation.OWNER, Relation.DELEGATE}
        if REQUESTER in self.roles and asked:
            return True
        blocked = {*CONFLICTED, Relation.RECUSED} & actor.relations or self.barred & actor.relations
        return bool(self.roles & actor.roles) and not blocked


def _written() -> dict[tuple[Status, Verb], Said]:
    law: dict[tuple[Status, Verb], Said] = {}
    for line in WRITTEN.strip().splitlines():
        statuses, verb, who = (part.strip() for part in line.split("|"))
        roles, _, barred = who.partition(" but ")
        for status in statuses.split():
            said = Said(frozenset(roles.split()), frozenset(barred.split()))
            law[Status(status), Verb(verb)] = said
    return law


LAW = _written()


def _related(home: House, case: Case, person: User, relation: Relation) -> None:
    """Make a person what the relation says, by the rows that say it in life."""
    if relation is Relation.OWNER:
        case.owner = person
    elif relation is Relation.DELEGATE:
        shared(case, person, scope=ShareScope.EDIT)
    elif relation is Relation.PARTY:
        person.display_name = "Lin Invented"
    elif relation is Relation.AUTHOR:
        last = latest_recommendation(case)
        assert last is not None
        last.pk, last.version, last.author = None, last.version + 1, person
        last.save(force_insert=True)
    elif relation is Relation.SIGNER:
        last = latest_recommendation(case)
        assert last is not None
        write_signature(last, text="", by=person, at=NOON)


def _holder(home: House, role: Role) -> User:
    if role is Role.RESEARCHER:
        return PersonFactory.create(institution=home.institution)
    return officer_at(home.office, role)


@pytest.mark.parametrize("relation", PEOPLE_HAVE)
def test_every_status_verb_role_and_relation_is_answered_by_the_law(relation: Relation) -> None:
    home = house()
    case = recommended(home)
    for role in Role:
        person = _holder(home, role)
        owner = case.owner
        _related(home, case, person, relation)
        standing = standing_of(person, case, on=TODAY)
        assert standing.roles == {role, Role.RESEARCHER}
        assert standing.relations == {relation}
        for status, verb in product(Status, Verb):
            case.status = status.value
            given = may(person, case, verb, on=TODAY, standing=standing)
            said = LAW.get((status, verb))
            assert given.allowed is bool(said and said.allows(standing)), (status, verb, role)
            assert given.reason.endswith(".")
        case.owner = owner
        case.status = Status.AWAITING_COUNTERSIGN.value


def test_the_system_is_answered_by_the_law() -> None:
    case = recommended(house())
    assert standing_of(SystemActor("clock"), case, on=TODAY) == SYSTEM
    for status, verb in product(Status, Verb):
        case.status = status.value
        said = LAW.get((status, verb))
        given = may(case.owner, case, verb, on=TODAY, standing=SYSTEM)
        assert given.allowed is bool(said and said.allows(SYSTEM))


def test_a_duty_in_another_office_is_no_duty_here() -> None:
    home = house()
    case = recommended(home)
    elsewhere = officer_at(home.engineering, Role.EMPOWERED_OFFICIAL)
    assert may(elsewhere, case, Verb.COUNTERSIGN, on=TODAY).code == "not_entitled"
    hold(elsewhere, home.office, Role.EMPOWERED_OFFICIAL)
    assert may(elsewhere, case, Verb.COUNTERSIGN, on=TODAY)


def test_a_duty_counts_on_its_days_only() -> None:
    home = house()
    case = recommended(home)
    late = PersonFactory.create(institution=home.institution)
    hold(late, home.office, Role.REVIEW_OFFICER, since=TODAY.replace(month=12))
    assert not may(late, case, Verb.COUNTERSIGN, on=TODAY)
    assert may(late, case, Verb.COUNTERSIGN, on=TODAY.replace(month=12))


def test_whoever_opened_the_case_for_its_owner_stays_on_that_side() -> None:
    home = house()
    case = recommended(home)
    case.created_by = home.official
    given = may(home.official, case, Verb.COUNTERSIGN, on=TODAY)
    assert (given.allowed, given.code) == (False, "conflicted")


def test_a_superuser_is_nobody_by_rank() -> None:
    home = house()
    case = recommended(home)
    boss = PersonFactory.create(institution=home.institution, is_superuser=True, is_staff=True)
    assert not any(may(boss, case, verb, on=TODAY) for verb in Verb)
