"""What NetworkManager says of the network, over a real D-Bus daemon of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from pytestqt.qtbot import QtBot

from desktop.ui.network_linux import NetworkManager, environment_proxies

MANAGER = "org.freedesktop.NetworkManager"
PROXY = "http://proxy:3128"
PATH = "/org/freedesktop/NetworkManager"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Line(QDBusVirtualObject):
    """A NetworkManager on a line that costs money."""

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        assert message.arguments() == [MANAGER, "Metered"]
        answer = message.createReply()
        answer.setArguments([QDBusVariant(1)])
        return connection.send(answer)


@pytest.fixture
def machine(bus: str) -> Iterator[QDBusConnection]:
    connection = QDBusConnection.connectToBus(bus, "machine")
    assert connection.registerService(MANAGER)
    yield connection
    QDBusConnection.disconnectFromBus("machine")


@pytest.fixture
def ours(bus: str) -> Iterator[QDBusConnection]:
    yield QDBusConnection.connectToBus(bus, "ours")
    QDBusConnection.disconnectFromBus("ours")


def says(machine: QDBusConnection, **changed: int) -> None:
    message = QDBusMessage.createSignal(PATH, PROPERTIES, "PropertiesChanged")
    message.setArguments([MANAGER, changed, []])
    assert machine.send(message)


def test_a_network_that_comes_is_heard_and_one_that_goes_is_not(machine, ours, qtbot: QtBot):
    network, came = NetworkManager(ours), list[bool]()
    network.came.connect(lambda: came.append(True))
    says(machine, State=20)
    says(machine, Metered=4)
    with qtbot.waitSignal(network.came, timeout=3000):
        says(machine, State=70)
    assert came == [True]


def test_what_the_line_costs_is_asked_and_followed(machine, ours, qtbot: QtBot):
    line = Line()
    assert machine.registerVirtualObject(PATH, line)
    network = NetworkManager(ours)
    qtbot.waitUntil(lambda: network.is_metered)
    says(machine, Metered=4)
    qtbot.waitUntil(lambda: not network.is_metered)


def test_without_a_bus_nothing_is_known(qapp):
    assert not NetworkManager(QDBusConnection("nobody")).is_metered


@pytest.mark.parametrize(
    ("environment", "address", "proxy"),
    [
        ({"https_proxy": PROXY}, "https://ehm.council.example", PROXY),
        ({"all_proxy": PROXY}, "https://ehm.council.example", PROXY),
        ({"http_proxy": PROXY}, "https://ehm.council.example", ""),
        ({"all_proxy": "socks5://proxy:1080"}, "https://ehm.council.example", ""),
        ({"https_proxy": PROXY, "no_proxy": "council.example"}, "https://ehm.council.example", ""),
        ({"http_proxy": PROXY}, "http://127.0.0.1:8080", ""),
    ],
)
def test_the_environment_names_the_proxy(monkeypatch, environment, address, proxy):
    for kind in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{kind}_proxy", raising=False)
        monkeypatch.delenv(f"{kind.upper()}_PROXY", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert environment_proxies(address).get("https", "") == proxy
