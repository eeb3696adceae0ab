"""An installation that is not sound says so."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from apps.audit.domain.append_only import remove_triggers
from collabscreen import checks
from tests.factories import accounts

HERE = ["default"]


def test_eager_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.work_is_not_eager() == []
    monkeypatch.setattr(settings, "CELERY_TASK_ALWAYS_EAGER", True)
    assert [found.id for found in checks.work_is_not_eager()] == ["collabscreen.E001"]


@pytest.mark.django_db
def test_a_sound_installation_has_no_fault() -> None:
    assert checks.rows_are_kept(databases=HERE) == []
    call_command("check", databases=HERE, fail_level="ERROR", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_missing_trigger_is_told_by_name() -> None:
    remove_triggers(connection)
    found = checks.rows_are_kept(databases=HERE)
    assert {fault.id for fault in found} == {"collabscreen.E002"}
    assert len(found) == len({fault.msg for fault in found}) > 0


@pytest.mark.django_db
def test_an_institution_without_catch_all_is_told() -> None:
    office = accounts.OfficeFactory(catch_all=False)
    found = checks.nothing_is_nobodys(databases=HERE)
    assert [(fault.id, str(office.institution) in fault.msg) for fault in found] == [
        ("collabscreen.W001", True)
    ]


@pytest.mark.django_db
def test_an_installation_without_law_is_told() -> None:
    assert [fault.id for fault in checks.there_is_law(databases=HERE)] == ["collabscreen.W002"]


def test_without_a_database_nothing_is_asked() -> None:
    assert checks.rows_are_kept() == []
    assert checks.nothing_is_nobodys(databases=None) == []
    assert checks.there_is_law() == []
