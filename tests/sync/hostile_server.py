"""A loopback server that answers every request with the bytes that a test gives it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket], None]


def saying(content: bytes) -> Answer:
    """Sends the bytes and closes."""
    return lambda connection: connection.sendall(content)


def http(status: str, kind: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + body


def dripping(start: bytes, drop: bytes, stop: threading.Event) -> Answer:
    """Sends ``start``, then ``drop`` for ever, ten times a second, until told to stop."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while not stop.wait(0.1):
            connection.sendall(drop)

    return answer


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """The address of a server that gives this answer to whoever asks."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                try:
                    connection.recv(65_536)
                    answer(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(15)
        assert not thread.is_alive()
