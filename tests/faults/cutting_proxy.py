"""A TCP proxy that cuts every connection once a budget of bytes has passed, then lets all pass."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class CuttingProxy:
    """``budget``: bytes, both ways together, until the next cut; None: never."""

    target: tuple[str, int]
    budget: int | None = None
    cuts: int = 0
    passed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cut_after(self, count: int | None) -> None:
        with self._lock:
            self.budget, self.passed = count, 0

    def _allowed(self, size: int) -> int:
        """How many of these bytes may pass; fewer than all: cut after them."""
        with self._lock:
            allowed = size if self.budget is None else min(size, self.budget - self.passed)
            self.passed += allowed
            if allowed < size:
                self.cuts += 1
                self.budget = None
            return allowed

    def carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(self.target) as server:
            while True:
                ready, _, _ = select.select((client, server), (), (), 30)
                if not ready:
                    return
                for source in ready:
                    content = source.recv(65_536)
                    if not content:
                        return
                    allowed = self._allowed(len(content))
                    (server if source is client else client).sendall(content[:allowed])
                    if allowed < len(content):
                        return


@contextmanager
def cutting_proxy(url: str) -> Iterator[tuple[CuttingProxy, str]]:
    """The proxy before ``url``, and its own address."""
    host, port = url.removeprefix("http://").split(":")
    proxy = CuttingProxy((host, int(port)))
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_carry, args=(proxy, client), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield proxy, f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _carry(proxy: CuttingProxy, client: socket.socket) -> None:
    with suppress(OSError):
        proxy.carry(client)
