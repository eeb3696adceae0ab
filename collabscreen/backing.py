"""Turn what the environment says into the dictionaries Django and Celery want."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Any

from apps.engine.refusal import Refusal
from collabscreen.addresses import Address

BUSY_SECONDS = 20
# WAL lets a reader go on while the worker writes; IMMEDIATE takes the write lock first, so that
# two writers queue instead of one failing with "database is locked" half way.
SQLITE_OPTIONS = {
    "timeout": BUSY_SECONDS,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
MAIL_SECONDS = 20


def database(address: Address | None, *, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES["default"]; None means a SQLite file in the data folder."""
    if address is None or address.scheme == "sqlite":
        file = data_dir / "collabscreen.sqlite3" if address is None else Path(address.name)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "HOST": address.host,
        "PORT": address.port or "",
        "USER": address.user,
        "PASSWORD": address.password,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(address.options),
    }


def broker(address: Address | None, *, data_dir: Path) -> tuple[str, dict[str, Any]]:
    """Celery's broker address and transport options; None means messages as files."""
    if address is not None and address.scheme != "filesystem":
        return address.raw, {}
    folder = data_dir / "broker"
    return "filesystem://localhost/", {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,
    }


def mail(address: Address | None) -> dict[str, Any]:
    """Django's EMAIL_* settings; None means the console."""
    if address is None or address.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.host,
        "EMAIL_PORT": address.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[address.scheme],
        "EMAIL_HOST_USER": address.user,
        "EMAIL_HOST_PASSWORD": address.password,
        "EMAIL_USE_TLS": address.scheme == "smtp+tls",
        "EMAIL_USE_SSL": address.scheme == "smtps",
        "EMAIL_TIMEOUT": MAIL_SECONDS,
    }


def prepare_data_dir(data_dir: Path) -> None:
    """Make the folders a local installation writes to. Raises Refusal when it may not."""
    try:
        for folder in (data_dir, data_dir / "broker" / "messages", data_dir / "broker" / "control"):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            code="data_dir_unusable",
            what=f"The data folder cannot be made ({error.strerror}).",
            where="COLLABSCREEN_DATA_DIR",
            found=str(data_dir),
            valid="a folder that may be written to",
            remedy="Set COLLABSCREEN_DATA_DIR to a folder of your own.",
        ) from error


def local_secret_key(data_dir: Path) -> str:
    """The key of a local installation: made once, kept beside its data, readable by its owner."""
    file = data_dir / "secret_key"
    if not file.exists():
        draft = data_dir / f"secret_key.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        # A link appears whole or not at all: two first starts agree on one key.
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text(encoding="ascii").strip()
