"""What Windows and macOS say of the network, through Qt."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkInformation,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
)

_BY_HTTP = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)


class QtNetwork(QObject):
    """The network as Qt knows it."""

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


def qt_proxies(url: str) -> Mapping[str, str]:
    """As `desktop.ui.network.system_proxies`."""
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
        if proxy.type() in _BY_HTTP:
            where = f"http://{proxy.hostName()}:{proxy.port()}"
            return {"http": where, "https": where}
    return {}
