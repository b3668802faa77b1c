"""What the machine knows of its network, through Qt: whether there is one, what it costs, proxies.

It only prompts: that the council answers is known when it has answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkInformation,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
)

_KINDS = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
}


class Reachability(Protocol):
    """What automatic sync is told of the network."""

    @property
    def is_metered(self) -> bool:
        """True if what is sent costs the worker or the council money."""


class Network(QObject):
    """The machine's network. ``came`` when there is one again."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QNetworkInformation.loadDefaultBackend()
        self._known = QNetworkInformation.instance()
        if self._known is not None:
            self._known.reachabilityChanged.connect(self._changed)

    @property
    def is_metered(self) -> bool:
        """True if the machine says so; False where it does not know."""
        return self._known is not None and self._known.isMetered()

    def _changed(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is QNetworkInformation.Reachability.Online:
            self.came.emit()


def system_proxies(url: str) -> Mapping[str, str]:
    """The machine's proxy for this address, as requests wants it; PAC files too.

    It can wait for the network: never on the GUI thread.
    """
    query = QNetworkProxyQuery(QUrl(url))
    for proxy in QNetworkProxyFactory.systemProxyForQuery(query):
        kind = _KINDS.get(proxy.type())
        if kind is not None:
            where = f"{kind}://{proxy.hostName()}:{proxy.port()}"
            return {"http": where, "https": where}
    return {}
