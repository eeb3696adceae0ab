"""Messages as files appear whole and in order."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import resolve_transport

from collabscreen import backing
from collabscreen.messages import Transport


@pytest.fixture
def broker(tmp_path: Path) -> Connection:
    backing.prepare_data_dir(tmp_path)
    url, options = backing.broker(None, data_dir=tmp_path)
    return Connection(url, transport_options=options)


def test_the_address_of_files_means_our_transport(broker: Connection) -> None:
    assert resolve_transport("filesystem") is Transport
    assert isinstance(broker.transport, Transport)


def test_messages_come_out_in_the_order_they_went_in(broker: Connection, tmp_path: Path) -> None:
    with broker.SimpleQueue("ids") as queue:
        for number in range(3):
            queue.put({"id": number})
        names = sorted(file.name for file in (tmp_path / "broker" / "messages").iterdir())
        assert [name.partition(".")[2] for name in names] == ["ids.msg"] * 3
        found = [queue.get(block=False).payload["id"] for _ in range(3)]
        with pytest.raises(Empty):
            queue.get(block=False)
    assert found == [0, 1, 2]


def test_a_reader_never_sees_half_a_message(broker: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "broker" / "messages"
    sizes: list[int] = []

    def read() -> None:
        while len(sizes) < 200:
            for file in folder.glob("*.large.msg"):
                sizes.append(file.stat().st_size)
                file.unlink()

    reader = threading.Thread(target=read)
    reader.start()
    with broker.SimpleQueue("large") as queue:
        for _ in range(200):
            queue.put({"text": "x" * 50_000})
    reader.join()
    assert min(sizes) > 50_000
