"""A worker killed in mid-job loses nothing: the job is swept up and done once in effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from apps.jobs.models import Job
from apps.jobs.states import State
from collabscreen.env import BASE_DIR
from tests.factories.jobs import NOON, noted
from tests.jobs import worker_that_dies
from tests.jobs.worker_that_dies import MARKER

LOG = "worker.log"
PATIENCE = 30  # seconds; a worker needs two to three to come up on a quiet machine


def database_url() -> str:
    """The database of the tests, as a worker of its own is told."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    told = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format_map(told) + str(name)


def start_worker(folder: Path, marker: Path) -> subprocess.Popen[bytes]:
    """A real worker on the filesystem broker of a folder."""
    told = {key: value for key, value in os.environ.items() if not key.startswith("COLLABSCREEN_")}
    told |= {
        "COLLABSCREEN_DATABASE_URL": database_url(),
        "COLLABSCREEN_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        MARKER: str(marker),
    }
    module = worker_that_dies.__name__
    command = f"{sys.executable} -m celery -A collabscreen.celery worker -P solo -I {module}"
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(
            command.split(), cwd=BASE_DIR, env=told, stdout=log, stderr=subprocess.STDOUT
        )


def wait_until(happened: Callable[[], bool]) -> bool:
    """Whether something happens while there is patience."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def done() -> bool:
    return Job.objects.get().state == State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_done_once_in_effect(tmp_path: Path) -> None:
    marker = tmp_path / "in-mid-job"
    Job.objects.create(kind="tests.hang_once", key="hang:1", not_before=NOON, created_at=NOON)
    first = start_worker(tmp_path, marker)
    try:
        assert wait_until(marker.exists), (tmp_path / LOG).read_text()
    finally:
        first.kill()
    assert first.wait() == -signal.SIGKILL
    job = Job.objects.get()
    assert (job.state, job.attempts, noted("hang:1")) == (State.RUNNING, 1, 0)
    second = start_worker(tmp_path, marker)
    try:
        assert wait_until(done), (tmp_path / LOG).read_text()
    finally:
        second.kill()
        second.wait()
    job.refresh_from_db()
    assert (job.state, job.attempts, noted("hang:1")) == (State.DONE, 2, 1)
