"""A council's proxy that lets nobody through, and knows who wanted to go where."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class RecordingProxy:
    """``asked``: where each connection was to go, as ``host:port``."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def recording_proxy() -> Iterator[RecordingProxy]:
    """On a free port, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = RecordingProxy(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def answer() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return  # the block has ended
                with connection:
                    proxy.asked.append(connection.recv(4096).split()[1].decode())
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        answering = Thread(target=answer, daemon=True)
        answering.start()
        yield proxy
        listening.shutdown(socket.SHUT_RDWR)
    answering.join()
