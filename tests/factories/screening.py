"""Conclusions for tests: made through the verbs, or altered behind their back."""

from __future__ import annotations

from django.db import connection

from apps.audit.domain.append_only import remove_triggers
from apps.screening.models import Determination
from tests.factories.workflow import House, submitted


def determined(home: House, country: str | None = "XB") -> Determination:
    """The determination of a submitted case."""
    case = submitted(home, country)
    return Determination.objects.get(case=case)


def alter(made: Determination, column: str, value: object) -> Determination:
    """Change a stored column as somebody who owns the database would, and read it back."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE screening_determination SET "{column}" = %s WHERE id = %s', [value, made.pk]
        )
    return Determination.objects.get(pk=made.pk)
