"""How long due work has been waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.jobs.domain.run import run_due_jobs
from apps.jobs.domain.waiting import longest_wait
from tests.factories.jobs import NOON, queued

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_without_work_nobody_waits() -> None:
    assert longest_wait(at=NOON) == timedelta()


def test_the_oldest_job_that_is_due_has_waited_longest() -> None:
    queued(key="note:1", at=NOON + HOUR)
    queued(key="note:2", at=NOON)
    assert longest_wait(at=NOON + 2 * HOUR) == 2 * HOUR


def test_work_for_later_and_work_done_waits_for_nobody() -> None:
    queued(key="note:1", at=NOON)
    run_due_jobs(at=NOON, limit=5)
    queued(key="note:2", at=NOON + 3 * HOUR)
    assert longest_wait(at=NOON + 2 * HOUR) == timedelta()
