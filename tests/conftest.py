"""What every test stands on: a database of its own, no message leaving, the same draw each run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, settings

from apps.audit.domain.append_only import remove_triggers
from collabscreen.celery import app

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite as a file, as in use: a database in memory knows no WAL and no waiting writer."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _messages_stay_here() -> Iterator[None]:
    """Messages end in this process's memory; jobs are run by run_due_jobs, never by a message."""
    kept = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.update(broker_url="memory://", broker_transport_options={})
    yield
    app.conf.update(broker_url=kept[0], broker_transport_options=kept[1])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `-m browser` those that drive one are skipped; with it, what lacks is a fault."""
    if "browser" in config.option.markexpr:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # its driver runs a loop of its own
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip("asks for a browser: run `manage.py test -m browser`"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's Chromium, which may run as root here; nothing is downloaded."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {"executable_path": chromium, "args": ["--no-sandbox"]}


COMMITTING = {"transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def _flush_past_append_only(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is followed by a flush, which append-only tables would refuse.

    Taken away here, the triggers come back with the flush itself: it ends like a migration.
    """
    mark = request.node.get_closest_marker("django_db")
    commits = bool(mark and mark.kwargs.get("transaction"))
    if not commits and COMMITTING.isdisjoint(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    remove_triggers(connection)
