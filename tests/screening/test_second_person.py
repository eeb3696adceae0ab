"""A second signature is a second person's, whoever writes the row and how."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.screening.domain.opinions import latest_recommendation, write_signature
from apps.screening.domain.second_person import install, missing, remove_for_migration
from apps.screening.models import Recommendation, Signature
from tests.factories.workflow import NOON, house, recommended

pytestmark = pytest.mark.django_db


def _standing(case: object) -> Recommendation:
    last = latest_recommendation(case)
    assert last is not None
    return last


def sign_by_sql(recommendation: Recommendation, *, author: User, signer: User) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO screening_signature (recommendation_id, author_id, signer_id, text, at)"
            " VALUES (%s, %s, %s, '', %s)",
            [recommendation.pk, author.pk, signer.pk, NOON],
        )


def test_the_author_cannot_sign_by_sql() -> None:
    home = house()
    made = _standing(recommended(home))
    with pytest.raises(IntegrityError):
        sign_by_sql(made, author=home.reviewer, signer=home.reviewer)
    assert Signature.objects.count() == 0


def test_the_author_cannot_sign_by_sql_under_a_forged_author() -> None:
    home = house()
    made = _standing(recommended(home))
    with pytest.raises(IntegrityError, match="neither author nor requester"):
        sign_by_sql(made, author=home.second, signer=home.reviewer)


def test_nobody_signs_by_sql_under_a_forged_author() -> None:
    home = house()
    made = _standing(recommended(home))
    with pytest.raises(IntegrityError, match="neither author nor requester"):
        sign_by_sql(made, author=home.second, signer=home.official)


def test_the_requester_cannot_sign_by_sql() -> None:
    home = house()
    made = _standing(recommended(home))
    with pytest.raises(IntegrityError, match="neither author nor requester"):
        sign_by_sql(made, author=home.reviewer, signer=home.researcher)


def test_a_second_person_can_sign_once() -> None:
    home = house()
    made = _standing(recommended(home))
    sign_by_sql(made, author=home.reviewer, signer=home.second)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_signature(made, text="", by=home.second, at=NOON)
    assert Signature.objects.get().signer == home.second


@pytest.mark.parametrize("column", ["signer_id", "author_id"])
def test_a_signature_is_not_rewritten_into_the_authors(column: str) -> None:
    home = house()
    made = _standing(recommended(home))
    signed = write_signature(made, text="", by=home.second, at=NOON)
    with pytest.raises(IntegrityError, match="keeps its rows"), transaction.atomic():
        Signature.objects.filter(pk=signed.pk).update(**{column: home.official.pk})


def test_nobody_recommends_the_own_request() -> None:
    home = house()
    made = _standing(recommended(home))
    made.pk, made.version, made.author = None, 2, home.researcher
    with pytest.raises(IntegrityError, match="recommendation_not_by_the_requester"):
        made.save(force_insert=True)


def test_the_check_of_the_system_says_when_the_trigger_is_gone() -> None:
    assert not missing(connection)
    with connection.cursor() as cursor:
        on = " ON screening_signature" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER screening_signature_second_person{on}")
    assert missing(connection)
    found = run_checks(tags=[Tags.database], databases=["default"])
    assert "screening.E001" in {message.id for message in found}
    install(connection)
    assert not missing(connection)


def test_migrating_takes_the_trigger_away_and_puts_it_back() -> None:
    remove_for_migration(connection)
    assert missing(connection) is (connection.vendor == "sqlite")
    call_command("migrate", "screening", verbosity=0)
    assert not missing(connection)
