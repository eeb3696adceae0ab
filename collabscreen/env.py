"""Read the environment into one typed, frozen value; a bad value is refused, never repaired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apps.engine.refusal import Refusal, Refusals
from collabscreen.addresses import (
    Address,
    read_broker_url,
    read_database_url,
    read_email_url,
    read_public_url,
)
from collabscreen.variables import Reader

BASE_DIR = Path(__file__).resolve().parent.parent
LONGEST_PORT = 65_535
SHORTEST_KEY = 50
MOST_THREADS = 64


@dataclass(frozen=True)
class Env:
    """What an installation is told from outside; with nothing set, one machine and one person."""

    mode: str
    debug: bool
    data_dir: Path
    secret_key: str
    database: Address | None
    broker: Address | None
    email: Address | None
    email_from: str
    public_url: Address | None
    allowed_hosts: tuple[str, ...]
    behind_proxy: bool
    host: str
    port: int
    threads: int
    worker_threads: int
    log_level: str

    @property
    def production(self) -> bool:
        """Whether others rely on this installation."""
        return self.mode == "production"


def read_env(source: Mapping[str, str]) -> Env:
    """The environment as a typed value.

    Raises Refusals naming every bad variable at once, so that one run shows all of them.
    """
    reader = Reader(source)
    mode = reader.choice("MODE", ("local", "production"), "local")
    env = Env(
        mode=mode,
        debug=reader.flag("DEBUG", default=False),
        data_dir=Path(reader.text("DATA_DIR", str(BASE_DIR / "var"))),
        secret_key=reader.secret("SECRET_KEY"),
        database=reader.address("DATABASE_URL", read_database_url),
        broker=reader.address("BROKER_URL", read_broker_url),
        email=reader.address("EMAIL_URL", read_email_url),
        email_from=reader.text("EMAIL_FROM", "collabscreen@localhost"),
        public_url=reader.address("PUBLIC_URL", read_public_url),
        allowed_hosts=reader.words("ALLOWED_HOSTS"),
        behind_proxy=reader.flag("BEHIND_PROXY", default=False),
        host=reader.text("HOST", "127.0.0.1"),
        port=reader.number("PORT", 8000, least=1, most=LONGEST_PORT),
        threads=reader.number("THREADS", 8, least=1, most=MOST_THREADS),
        worker_threads=reader.number("WORKER_THREADS", 2, least=1, most=MOST_THREADS),
        log_level=reader.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING"),
    )
    refused = (*reader.refused, *reader.unread(), *_missing_in_production(env))
    if refused:
        raise Refusals(refused)
    return env


def _missing_in_production(env: Env) -> tuple[Refusal, ...]:
    if not env.production:
        return ()
    demanded = (
        (
            len(env.secret_key) >= SHORTEST_KEY,
            "SECRET_KEY",
            f"a random text of at least {SHORTEST_KEY} characters",
            "Set it, or COLLABSCREEN_SECRET_KEY_FILE; it signs sessions and links.",
        ),
        (
            env.public_url is not None,
            "PUBLIC_URL",
            "https://screening.example.edu",
            "Set the address people type; links in mail and allowed hosts follow from it.",
        ),
        (
            env.email is not None,
            "EMAIL_URL",
            "smtps://user:password@mail.example.edu:465",
            "Set the mail server: people wait for notices that a console would swallow.",
        ),
        (not env.debug, "DEBUG", "false", "Unset it: debug pages show facts of cases."),
    )
    return tuple(
        Refusal(
            code="setting_demanded",
            what=f"COLLABSCREEN_{name} does not fit COLLABSCREEN_MODE=production.",
            where=f"COLLABSCREEN_{name}",
            valid=valid,
            remedy=remedy,
        )
        for holds, name, valid, remedy in demanded
        if not holds
    )
