"""An id sent through the broker of the settings reaches a worker, and the work is done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from apps.jobs.models import Job
from apps.jobs.states import State
from collabscreen.env import BASE_DIR
from tests.factories import jobs
from tests.jobs.test_killed_worker import database_url, wait_until

# In a process of its own, as a web server is: messages of this one stay in its memory.
ASK = """
import django
django.setup()
from django.utils import timezone
from tests.factories.jobs import queued
queued(at=timezone.now())
"""


def python(*words: str, told: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=BASE_DIR,
            env=told,
            stdout=written,
            stderr=subprocess.STDOUT,
        )


@pytest.mark.django_db(transaction=True)
def test_a_job_is_done_by_a_worker_that_was_sent_its_id(tmp_path: Path) -> None:
    told = os.environ | {
        "COLLABSCREEN_DATABASE_URL": database_url(),
        "COLLABSCREEN_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "collabscreen.settings",
    }
    log = tmp_path / "log"
    assert python("-c", ASK, told=told, log=log).wait() == 0, log.read_text()
    assert Job.objects.get().state == State.QUEUED
    words = f"-m celery -A collabscreen.celery worker -P solo -I {jobs.__name__}"
    worker = python(*words.split(), told=told, log=log)
    try:
        assert wait_until(lambda: Job.objects.get().state == State.DONE), log.read_text()
    finally:
        worker.kill()
        worker.wait()
    assert (Job.objects.get().attempts, jobs.noted()) == (1, 1)
