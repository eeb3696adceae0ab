"""Cases for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from django.contrib.auth.models import Permission

from apps.accounts.models import User
from apps.cases.enums import ShareScope
from apps.cases.models import Case, CaseFact, CaseShare
from tests.factories.accounts import NOON, TOMORROW, YESTERDAY, PersonFactory

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


class CaseFactory(factory.django.DjangoModelFactory[Case]):
    """A draft; with an office, a case in review there."""

    class Meta:
        model = Case

    class Params:
        at_office = factory.Trait(status="in_review", tier="T2", due_on=date(2026, 12, 1))

    reference = factory.Sequence(lambda number: f"CS-2026-{number:04d}")
    kind = "visit"
    title = factory.Sequence(lambda number: f"Visit {number}")
    owner = factory.SubFactory(PersonFactory)
    institution = factory.SelfAttribute("owner.institution")
    created_by = factory.SelfAttribute("owner")
    created_at = MORNING
    changed_at = MORNING


def answer(case: Case, path: str, value: object) -> CaseFact:
    """An answer as it lies in its row."""
    return CaseFact.objects.create(case=case, path=path, value=value, by=case.owner, at=NOON)


def shared(
    case: Case,
    person: User,
    *,
    scope: ShareScope = ShareScope.READ,
    since: date = YESTERDAY,
    until: date = TOMORROW,
) -> CaseShare:
    """A share as it lies in its row."""
    return CaseShare.objects.create(
        content_object=case,
        user=person,
        permission=Permission.objects.get(content_type__model="case", codename=scope.value),
        scope=scope.value,
        since=since,
        until=until,
        shared_by=case.owner,
        shared_at=NOON,
    )
