"""Rows of history can be added and read; the database refuses everything else."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from apps.audit.domain.append_only import (
    install_triggers,
    missing_triggers,
    protect,
    remove_triggers,
)
from apps.audit.domain.seal import seal
from apps.audit.domain.triggers import Guard, wanted
from apps.audit.models import Event, Head, Seal, SealedHead
from tests.factories.audit import MORNING, happened


@pytest.fixture
def sealed(db: None) -> None:
    """One event under one seal."""
    happened()
    seal(at=MORNING)


def refused(sql: str) -> bool:
    with (
        pytest.raises(IntegrityError, match="keeps its rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return True


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("table", ["audit_event", "audit_seal", "audit_sealedhead"])
def test_no_row_is_changed_or_removed_by_sql(table: str) -> None:
    assert refused(f"UPDATE {table} SET hash = 'sha256:forged'")
    assert refused(f"DELETE FROM {table}")
    assert (Event.objects.count(), Seal.objects.count(), SealedHead.objects.count()) == (1, 1, 1)


@pytest.mark.usefixtures("sealed")
def test_a_head_moves_but_never_vanishes() -> None:
    assert refused("DELETE FROM audit_head")
    assert Head.objects.update(seq=7) == 2


ANEW = "subject, 1, verb, 'user:eve', at, payload, previous"
COLUMNS = "subject, seq, verb, by, at, payload, previous, hash"
SWEEPS = {
    "sqlite": [
        f"REPLACE INTO audit_event (id, {COLUMNS}) SELECT id, {ANEW}, 'new' FROM audit_event",
        f"REPLACE INTO audit_event ({COLUMNS}) SELECT {ANEW}, 'new' FROM audit_event",
        f"REPLACE INTO audit_event ({COLUMNS}) SELECT {ANEW}, hash FROM audit_event",
    ],
    "postgresql": ["TRUNCATE audit_event", "TRUNCATE audit_head, audit_seal"],
}


@pytest.mark.usefixtures("sealed")
def test_no_row_is_replaced_or_swept_away() -> None:
    assert all(refused(sweep) for sweep in SWEEPS[connection.vendor])
    assert Event.objects.get().by == "user:5f2b"


SILENCED = {
    "sqlite": [
        "DROP TRIGGER audit_event_no_update",
        "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END",
    ],
    "postgresql": ["ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update"],
}


@pytest.mark.django_db
def test_a_trigger_that_was_silenced_counts_as_missing() -> None:
    with connection.cursor() as cursor:
        for statement in SILENCED[connection.vendor]:
            cursor.execute(statement)
    assert missing_triggers(connection) == ["audit_event_no_update"]
    install_triggers(connection)
    assert missing_triggers(connection) == []


@pytest.mark.django_db
def test_a_migration_puts_back_what_was_lost() -> None:
    remove_triggers(connection)
    assert len(missing_triggers(connection)) >= 11
    call_command("migrate", "audit", verbosity=0)
    assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_leave_events_behind() -> None:
    """The next test needs an empty database: conftest takes the triggers away for the flush."""
    happened()


@pytest.mark.django_db(transaction=True)
def test_after_the_flush_the_tables_are_empty_and_guarded() -> None:
    assert (Event.objects.count(), missing_triggers(connection)) == (0, [])


def test_every_way_to_be_the_same_row_is_guarded() -> None:
    guard = Guard.of(Group.permissions.through, moving=False)
    assert guard.keys == (("id",), ("group_id", "permission_id"))


@pytest.mark.parametrize(
    ("vendor", "deeds"),
    [("sqlite", ["UPDATE", "DELETE", "INSERT"]), ("postgresql", ["DELETE", "TRUNCATE", "UPDATE"])],
)
def test_each_database_has_its_own_ways_to_lose_a_row(vendor: str, deeds: list[str]) -> None:
    kept, moving = (
        [trigger.sql.split("BEFORE ")[1].split()[0] for trigger in wanted(guard, vendor=vendor)]
        for guard in (Guard("seals", (("id",),), moving=moving) for moving in (False, True))
    )
    assert kept == deeds
    assert moving == [deed for deed in deeds if deed != "UPDATE"]


def test_rows_say_what_they_are() -> None:
    event = Event(subject="case:CS-2026-0001", seq=2, verb="submit")
    assert str(event) == "case:CS-2026-0001 2 submit"
    assert str(Head(subject="case:CS-2026-0001", seq=2)) == "case:CS-2026-0001 2"
    assert str(Seal(number=4)) == "seal 4"
    held = SealedHead(number=4, subject="case:CS-2026-0001", seq=2)
    assert str(held) == "case:CS-2026-0001 2 in seal 4"


@isolate_apps()
def test_a_table_whose_sameness_a_trigger_cannot_see_is_not_guarded() -> None:
    class Badge(models.Model):
        number = models.IntegerField()

        class Meta:
            app_label = "doors"
            constraints: ClassVar[list[models.BaseConstraint]] = [
                models.UniqueConstraint(
                    fields=["number"], condition=models.Q(number__gt=0), name="badge_once"
                )
            ]

        def __str__(self) -> str:
            return str(self.number)

    with pytest.raises(ValueError, match=r"badge_once of doors\.Badge cannot be guarded"):
        protect(Badge)


@pytest.mark.django_db
def test_a_table_that_is_not_there_yet_is_passed_over() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_sealedhead RENAME TO audit_elsewhere")
    assert [name for name in missing_triggers(connection) if "sealedhead" in name] == []
