"""Addresses of the services an installation leans on: database, broker, mail, the public one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Address:
    """A service's address, taken apart; `raw` is kept for libraries that want it whole."""

    scheme: str
    host: str = ""
    port: int | None = None
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    raw: str = field(default="", repr=False)


def read_database_url(raw: str) -> Address:
    """`sqlite:///folder/file` or `postgres://user:password@host:port/name?sslmode=require`.

    Raises ValueError saying what would be valid.
    """
    valid = "sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME"
    address = _split(
        raw, {"sqlite": "sqlite", "postgres": "postgres", "postgresql": "postgres"}, valid
    )
    if not address.name:
        raise ValueError(valid)
    return address


def read_broker_url(raw: str) -> Address:
    """`filesystem://`, `redis://host:port/number` or `amqp://user:password@host:port/vhost`."""
    schemes = {
        "filesystem": "filesystem",
        "redis": "redis",
        "rediss": "redis",
        "amqp": "amqp",
        "amqps": "amqp",
    }
    valid = "filesystem://, redis://HOST:PORT/NUMBER or amqp://USER:PASSWORD@HOST:PORT/VHOST"
    address = _split(raw, schemes, valid)
    if address.scheme != "filesystem" and not address.host:
        raise ValueError(valid)
    return address


def read_email_url(raw: str) -> Address:
    """`console://`, `smtp://user:password@host:25`, `smtp+tls://...:587` or `smtps://...:465`."""
    schemes = {scheme: scheme for scheme in ("console", "smtp", "smtp+tls", "smtps")}
    valid = "console://, smtp://HOST:25, smtp+tls://USER:PASSWORD@HOST:587 or smtps://...:465"
    address = _split(raw, schemes, valid)
    if address.scheme != "console" and not address.host:
        raise ValueError(valid)
    return address


def read_public_url(raw: str) -> Address:
    """`https://host` or `http://host:port`, without a path."""
    valid = "https://HOST without a path"
    address = _split(raw, {"http": "http", "https": "https"}, valid)
    if not address.host or address.name:
        raise ValueError(valid)
    return address


def _split(raw: str, schemes: Mapping[str, str], valid: str) -> Address:
    try:
        parts: SplitResult = urlsplit(raw)
        port = parts.port
    except ValueError:
        raise ValueError(valid) from None
    if parts.scheme not in schemes:
        raise ValueError(valid)
    return Address(
        scheme=schemes[parts.scheme],
        host=parts.hostname or "",
        port=port,
        name=unquote(parts.path.removeprefix("/")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=dict(parse_qsl(parts.query)),
        raw=raw,
    )
