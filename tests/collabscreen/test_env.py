"""The environment is read whole, typed, and refused where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from apps.engine.refusal import Refusal, Refusals
from collabscreen.env import BASE_DIR, read_env

PRODUCTION = {
    "COLLABSCREEN_MODE": "production",
    "COLLABSCREEN_SECRET_KEY": "k" * 50,
    "COLLABSCREEN_PUBLIC_URL": "https://screening.example.edu",
    "COLLABSCREEN_EMAIL_URL": "smtps://us%40er:p%3Aw@mail.example.edu:465",
}


def refused(source: Mapping[str, str]) -> tuple[Refusal, ...]:
    with pytest.raises(Refusals) as caught:
        read_env(source)
    return caught.value.items


def test_nothing_set_is_one_machine_and_one_person() -> None:
    env = read_env({})
    assert (env.mode, env.production, env.debug) == ("local", False, False)
    assert (env.database, env.broker, env.email, env.public_url) == (None, None, None, None)
    assert env.data_dir == BASE_DIR / "var"
    assert (env.host, env.port) == ("127.0.0.1", 8000)


def test_variables_of_others_are_left_alone() -> None:
    assert read_env({"PATH": "/bin", "DATABASE_URL": "nonsense"}) == read_env({})


def test_an_empty_value_counts_as_unset() -> None:
    assert read_env({"COLLABSCREEN_PORT": "", "COLLABSCREEN_DATABASE_URL": " "}) == read_env({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "staging"),
        ("DEBUG", "maybe"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80.5"),
        ("PORT", "²"),
        ("THREADS", "0"),
        ("WORKER_THREADS", "many"),
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgres://host/"),
        ("DATABASE_URL", "postgres://host:port/name"),
        ("BROKER_URL", "kafka://host"),
        ("BROKER_URL", "redis://"),
        ("EMAIL_URL", "smtp://"),
        ("PUBLIC_URL", "screening.example.edu"),
        ("PUBLIC_URL", "https://screening.example.edu/path"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_what_is_valid(name: str, value: str) -> None:
    (refusal,) = refused({f"COLLABSCREEN_{name}": value})
    assert (refusal.code, refusal.where) == ("bad_setting", f"COLLABSCREEN_{name}")
    assert refusal.found
    assert refusal.valid in refusal.remedy


def test_every_bad_value_is_named_at_once() -> None:
    found = refused({"COLLABSCREEN_PORT": "x", "COLLABSCREEN_MODE": "y"})
    assert [refusal.where for refusal in found] == ["COLLABSCREEN_MODE", "COLLABSCREEN_PORT"]


def test_a_misspelt_variable_is_refused_not_ignored() -> None:
    (refusal,) = refused({"COLLABSCREEN_DATABSE_URL": "postgres://host/name"})
    assert (refusal.code, refusal.where) == ("unknown_setting", "COLLABSCREEN_DATABSE_URL")
    assert "COLLABSCREEN_DATABASE_URL" in refusal.valid


def test_a_bad_address_never_shows_its_password() -> None:
    (refusal,) = refused({"COLLABSCREEN_DATABASE_URL": "mysql://user:hunter2@host/name"})
    assert "hunter2" not in repr(refusal.as_dict())


def test_an_address_never_shows_its_password_in_a_log() -> None:
    env = read_env({"COLLABSCREEN_DATABASE_URL": "postgres://user:hunter2@host/name"})
    assert "hunter2" not in repr(env.database)


def test_addresses_are_taken_apart() -> None:
    env = read_env({"COLLABSCREEN_DATABASE_URL": "postgresql://u%40:p%2F@h:5433/n?sslmode=require"})
    assert env.database is not None
    assert env.database.scheme == "postgres"
    assert (env.database.user, env.database.password) == ("u@", "p/")
    assert (env.database.host, env.database.port, env.database.name) == ("h", 5433, "n")
    assert env.database.options == {"sslmode": "require"}


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    assert read_env({"COLLABSCREEN_SECRET_KEY_FILE": str(file)}).secret_key == "from the file"


def test_a_secret_lies_in_one_place_only(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    source = {"COLLABSCREEN_SECRET_KEY": "given", "COLLABSCREEN_SECRET_KEY_FILE": str(file)}
    assert [refusal.found for refusal in refused(source)] == ["both"]


def test_production_says_what_others_rely_on() -> None:
    env = read_env(PRODUCTION)
    assert env.production
    assert env.email is not None
    assert (env.email.user, env.email.password) == ("us@er", "p:w")


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "EMAIL_URL"])
def test_production_demands_what_a_laptop_does_without(name: str) -> None:
    source = {key: value for key, value in PRODUCTION.items() if key != f"COLLABSCREEN_{name}"}
    (refusal,) = refused(source)
    assert (refusal.code, refusal.where) == ("setting_demanded", f"COLLABSCREEN_{name}")


def test_production_refuses_a_short_key_and_debug_pages() -> None:
    source = PRODUCTION | {"COLLABSCREEN_SECRET_KEY": "short", "COLLABSCREEN_DEBUG": "true"}
    assert [refusal.where for refusal in refused(source)] == [
        "COLLABSCREEN_SECRET_KEY",
        "COLLABSCREEN_DEBUG",
    ]
