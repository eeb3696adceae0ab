"""A port to answer on: the one asked for, or the next free one."""

from __future__ import annotations

import errno
import socket

from apps.engine.refusal import Refusal

TRIES = 50
WAITING = 128  # connections the system may hold until the server takes them


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `port` or the next free one after it; port 0 means any.

    Raises Refusal `no_free_port`, or `host_unusable` when the host is none of this machine.
    """
    for candidate in range(port, min(port + TRIES, 65_536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(WAITING)
        except (socket.gaierror, OSError) as error:
            listening.close()
            if not _is_busy(error):
                raise _unusable(host, error) from error
        else:
            return listening
    raise Refusal(
        "no_free_port",
        "Every port tried is taken.",
        where="COLLABSCREEN_PORT",
        found=f"{port} to {port + TRIES - 1}",
        remedy="Set COLLABSCREEN_PORT to a free one.",
    )


def address_of(listening: socket.socket) -> str:
    """The address a person types to reach a listening socket."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104  shown, not bound
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _is_busy(error: OSError) -> bool:
    # A privileged or taken port may be followed by one that works; an unknown host never is.
    return isinstance(error, PermissionError) or error.errno == errno.EADDRINUSE


def _unusable(host: str, error: OSError) -> Refusal:
    return Refusal(
        "host_unusable",
        f"Nothing can listen there ({error.strerror}).",
        where="COLLABSCREEN_HOST",
        found=host,
        valid="an address of this machine, such as 127.0.0.1",
        remedy="Set COLLABSCREEN_HOST to an address of this machine.",
    )
