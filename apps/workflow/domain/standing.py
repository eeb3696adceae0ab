"""What somebody is to a case on a day: duties in its office, and relations to the case itself."""

from __future__ import annotations

from datetime import date

from apps.accounts.domain.actors import Actor as Doer
from apps.accounts.domain.actors import SystemActor
from apps.accounts.domain.queries import roles_of
from apps.accounts.models import User
from apps.cases.domain.access import share_of
from apps.cases.enums import ShareScope
from apps.cases.models import Case, CaseFact
from apps.engine.lifecycle import SYSTEM, Actor, Relation, Role
from apps.screening.domain.opinions import latest_recommendation, signed_or_decided


def standing_of(by: Doer, case: Case, *, on: date) -> Actor:
    """Duties and relations of a person on a day; everybody may be a researcher."""
    if isinstance(by, SystemActor):
        return SYSTEM
    held = frozenset(role for role, office in roles_of(by, on=on) if office == case.office_id)
    return Actor(roles=held | {Role.RESEARCHER}, relations=relations_of(by, case, on=on))


def relations_of(person: User, case: Case, *, on: date) -> frozenset[Relation]:
    """What a person is to a case; a stranger where it is nothing else."""
    last = latest_recommendation(case)
    found = {
        Relation.OWNER: person.pk == case.owner_id,
        Relation.DELEGATE: _acts_for_owner(person, case, on=on),
        Relation.PARTY: _takes_part(person, case),
        Relation.AUTHOR: last is not None and last.author_id == person.pk,
        Relation.SIGNER: signed_or_decided(person, case),
    }
    return frozenset(relation for relation, holds in found.items() if holds) or frozenset(
        {Relation.STRANGER}
    )


def _acts_for_owner(person: User, case: Case, *, on: date) -> bool:
    """Whoever opened the case for its owner, or may edit it now, stands on the requester's side."""
    if person.pk == case.owner_id:
        return False
    return person.pk == case.created_by_id or share_of(person, case, on=on) is ShareScope.EDIT


def _takes_part(person: User, case: Case) -> bool:
    """Whether a person of the case has the same name: then somebody else must look at it."""
    names = CaseFact.objects.filter(
        case=case, path__startswith="people.", path__endswith=".name"
    ).values_list("value", flat=True)
    own = _plain(person.display_name)
    return any(isinstance(name, str) and _plain(name) == own for name in names)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
