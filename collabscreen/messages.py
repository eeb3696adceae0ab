"""Messages as files, each of which appears whole: a worker never reads half of one."""

from __future__ import annotations

import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu's channel, which writes a message where a worker may already be reading it."""

    def _put(self, *put: Any, **_: Any) -> None:  # kombu's own bases name these differently
        """Write the message under a name that no worker looks for, then give it its own."""
        queue, message = put
        folder = Path(self.data_folder_out)
        # Workers take the first by name: the oldest, down to the nanosecond.
        name = f"{monotonic_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        draft = folder / f"{name}.part"
        draft.write_text(dumps(message), encoding="utf-8")
        draft.replace(folder / name)


class Transport(filesystem.Transport):
    """What `filesystem://` stands for in this project."""

    Channel = Channel


def register() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
