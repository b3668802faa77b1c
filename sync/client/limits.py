"""A time limit on the whole of a reply's beginning: requests itself limits only each single read.

A server that sends one byte of its headers each second would otherwise keep us for hours.
"""

from __future__ import annotations

import socket
import threading
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from sync.client.patience import Patience


class BoundedAdapter(HTTPAdapter):
    """Gives every connection the limits of ``patience``; through proxies too."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """Makes the pools of direct connections."""
        super().init_poolmanager(*given, **named)
        self._bound(self.poolmanager)

    def proxy_manager_for(self, *given: Any, **named: Any) -> Any:
        """Makes the pools of connections through a proxy."""
        manager = super().proxy_manager_for(*given, **named)
        self._bound(manager)
        return manager

    def _bound(self, manager: urllib3.PoolManager) -> None:
        patience = self._patience

        class Plain(_Bounded, HTTPConnection):
            limits = patience

        class Secure(_Bounded, HTTPSConnection):
            limits = patience

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secure

        manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


class _Bounded:
    """Mixed into a connection of urllib3."""

    limits: Patience
    sock: socket.socket | None

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        if self.sock is not None:
            self.sock.settimeout(self.limits.read)  # for sending; reads get theirs from urllib3

    def getresponse(self) -> Any:
        ran_out = threading.Event()
        watchdog = threading.Timer(self.limits.whole, self._give_up, (ran_out,))
        watchdog.daemon = True
        watchdog.start()
        try:
            return super().getresponse()  # type: ignore[misc]
        finally:
            watchdog.cancel()
            if ran_out.is_set():  # a reply cut short by us can look whole
                raise TimeoutError

    def _give_up(self, ran_out: threading.Event) -> None:
        ran_out.set()
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)
