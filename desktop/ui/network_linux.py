"""The network on Linux: by NetworkManager on D-Bus, proxies by the environment.

Qt would tell the same, but takes GIO and its own network library for that: 6 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

from desktop.ui.slots import slot

_MANAGER = "org.freedesktop.NetworkManager"
_PATH = "/org/freedesktop/NetworkManager"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_CONNECTED = (60, 70)
"""NM_STATE_CONNECTED_SITE, where the council's own network may be, and _GLOBAL."""
_METERED = (1, 3)
"""NM_METERED_YES and _GUESS_YES."""


class NetworkManager(QObject):
    """The network by NetworkManager on the ``system`` bus; without either, nothing is known."""

    came = Signal()

    def __init__(self, system: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._metered: object = None
        if not system.isConnected():
            return
        changed = slot("changed(QString,QVariantMap)")
        system.connect(_MANAGER, _PATH, _PROPERTIES, "PropertiesChanged", self, changed)
        ask = QDBusMessage.createMethodCall(_MANAGER, _PATH, _PROPERTIES, "Get")
        ask.setArguments([_MANAGER, "Metered"])
        ask.setAutoStartService(False)
        system.callWithCallback(ask, self, slot("answered(QDBusMessage)"), slot("no_answer()"))

    @property
    def is_metered(self) -> bool:
        """True if the machine says so, or thinks so; False where it does not know."""
        return self._metered in _METERED

    @Slot(str, "QVariantMap")
    def changed(self, _of: str, changed: dict[str, object]) -> None:
        """There is a network again, or none; or it costs more than the one before, or less."""
        self._metered = changed.get("Metered", self._metered)
        if changed.get("State") in _CONNECTED:
            self.came.emit()

    @Slot("QDBusMessage")
    def answered(self, answer: QDBusMessage) -> None:
        """What the network that was there first costs."""
        (said,) = answer.arguments()
        self._metered = said.variant() if isinstance(said, QDBusVariant) else said

    @Slot()
    def no_answer(self) -> None:
        """No NetworkManager: the program syncs by the clock."""


def environment_proxies(url: str) -> Mapping[str, str]:
    """As `desktop.ui.network.system_proxies`; Qt, too, asks nothing else on Linux."""
    # here: both come with the wire, and the unlock page is painted without it
    from urllib.request import getproxies_environment, proxy_bypass

    from sync.client.line import LOOPBACK

    where, found = urlsplit(url), getproxies_environment()
    host = where.hostname or ""
    proxy = found.get(where.scheme) or found.get("all") or ""
    is_direct = host in LOOPBACK or proxy_bypass(host)
    if is_direct or not proxy or proxy.startswith("socks"):
        return {}
    return {"http": proxy, "https": proxy}
