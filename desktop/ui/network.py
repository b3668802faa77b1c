"""What the machine knows of its network: whether there is one, what it costs, proxies.

It only prompts: that the council answers is known when it has answered.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance


class Reachability(Protocol):
    """What automatic sync is told of the network."""

    @property
    def is_metered(self) -> bool:
        """True if what is sent costs the worker or the council money."""


class Network(Reachability, Protocol):
    """The machine's network."""

    @property
    def came(self) -> SignalInstance:
        """There is one again."""


def network_of_this_machine(parent: QObject | None = None) -> Network:
    """The network of the machine that the program runs on."""
    if sys.platform != "linux":
        from desktop.ui.network_qt import QtNetwork

        return QtNetwork(parent)
    from PySide6.QtDBus import QDBusConnection

    from desktop.ui.network_linux import NetworkManager

    return NetworkManager(QDBusConnection.systemBus(), parent)


def system_proxies(url: str) -> Mapping[str, str]:
    """The machine's proxy for this address, as requests wants it; PAC files too.

    It can wait for the network: never on the GUI thread.
    """
    if sys.platform != "linux":
        from desktop.ui.network_qt import qt_proxies

        return qt_proxies(url)
    from desktop.ui.network_linux import environment_proxies

    return environment_proxies(url)
