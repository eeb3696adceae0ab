"""What the environment says becomes what Django and Celery want."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from apps.engine.refusal import Refusal
from collabscreen import backing
from collabscreen.addresses import read_broker_url, read_database_url, read_email_url
from collabscreen.celery import app


def test_nothing_set_is_a_sqlite_file_beside_the_other_data(tmp_path: Path) -> None:
    database = backing.database(None, data_dir=tmp_path)
    assert database["NAME"] == str(tmp_path / "collabscreen.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20


def test_a_sqlite_address_names_its_file(tmp_path: Path) -> None:
    relative = backing.database(read_database_url("sqlite:///data/x.db"), data_dir=tmp_path)
    absolute = backing.database(read_database_url("sqlite:////data/x.db"), data_dir=tmp_path)
    assert (relative["NAME"], absolute["NAME"]) == ("data/x.db", "/data/x.db")


def test_a_postgres_address_is_taken_over_whole(tmp_path: Path) -> None:
    address = read_database_url("postgres://u:p@h:5433/n?sslmode=require")
    database = backing.database(address, data_dir=tmp_path)
    taken = {key: database[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")}
    assert taken == {
        "NAME": "n",
        "HOST": "h",
        "PORT": 5433,
        "USER": "u",
        "PASSWORD": "p",
        "OPTIONS": {"sslmode": "require"},
    }


def test_without_a_broker_messages_are_files(tmp_path: Path) -> None:
    url, options = backing.broker(None, data_dir=tmp_path)
    assert url.startswith("filesystem://")
    assert options["polling_interval"] == 0.1
    assert options["data_folder_in"] == options["data_folder_out"]
    assert backing.broker(read_broker_url("filesystem://"), data_dir=tmp_path) == (url, options)


def test_a_broker_address_is_handed_on(tmp_path: Path) -> None:
    address = read_broker_url("redis://host:6379/1")
    assert backing.broker(address, data_dir=tmp_path) == ("redis://host:6379/1", {})


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://h", 25, False, False),
        ("smtp+tls://h", 587, True, False),
        ("smtps://h:4650", 4650, False, True),
    ],
)
def test_mail_addresses_choose_port_and_encryption(
    url: str, port: int, *, tls: bool, ssl: bool
) -> None:
    mail = backing.mail(read_email_url(url))
    found = (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"])
    assert found == (port, tls, ssl)


def test_without_a_mail_server_mail_goes_to_the_console() -> None:
    assert backing.mail(None) == backing.mail(read_email_url("console://"))
    assert backing.mail(None)["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_the_local_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    first = backing.local_secret_key(tmp_path)
    assert backing.local_secret_key(tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(backing.local_secret_key(tmp_path)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal) as caught:
        backing.prepare_data_dir(tmp_path / "file" / "var")
    assert (caught.value.code, caught.value.where) == ("data_dir_unusable", "COLLABSCREEN_DATA_DIR")


def test_sqlite_writes_ahead_and_checks_its_keys(tmp_path: Path) -> None:
    options = backing.SQLITE_OPTIONS["init_command"]
    database = sqlite3.connect(tmp_path / "x.db")
    for statement in str(options).split(";"):
        database.execute(statement)
    found = [
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert found == ["wal", 1, 1]


@pytest.mark.django_db
def test_the_suite_itself_runs_on_a_database_that_writes_ahead() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


def test_clocks_are_utc_and_work_is_never_eager() -> None:
    assert (settings.TIME_ZONE, settings.USE_TZ) == ("UTC", True)
    assert app.conf.task_always_eager is False
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])


def test_what_the_clock_calls_is_there() -> None:
    called = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert called <= set(app.tasks)
    assert called == {"jobs.sweep", "audit.seal_heads", "api.forget_answers"}
