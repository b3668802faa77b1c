"""The machine's session signals, over a real D-Bus daemon of the test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)
from pytestqt.qtbot import QtBot

from desktop.ui.session import DBusSession

SESSION = "/org/freedesktop/login1/session/_31"
MANAGER = "org.freedesktop.login1.Manager"
SEAT = "/org/freedesktop/login1/seat/seat0"
POWER = "org.freedesktop.UPower"
LID = ("/org/freedesktop/UPower", "org.freedesktop.DBus.Properties", "PropertiesChanged", POWER)


@pytest.fixture
def machine(bus: str) -> Iterator[QDBusConnection]:
    """The other end: who speaks as logind, UPower and a screensaver."""
    connection = QDBusConnection.connectToBus(bus, "machine")
    assert connection.registerService("org.freedesktop.login1")
    assert connection.registerService(POWER)
    yield connection
    QDBusConnection.disconnectFromBus("machine")


@pytest.fixture
def session(bus: str, machine: QDBusConnection) -> Iterator[DBusSession]:
    ours = QDBusConnection.connectToBus(bus, "ours")
    session = DBusSession(ours, ours)
    session.listen()
    yield session
    QDBusConnection.disconnectFromBus("ours")


def say(machine: QDBusConnection, path: str, interface: str, name: str, *said: object) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(said))
    assert machine.send(message)


@pytest.mark.parametrize(
    ("path", "interface", "name", "said"),
    [
        ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", (True,)),
        (SESSION, "org.freedesktop.login1.Session", "Lock", ()),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", (True,)),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", (True,)),
        (
            SEAT,
            *LID[1:3],
            ("org.freedesktop.login1.Seat", {"ActiveSession": ""}, []),
        ),
        (*LID[:3], (POWER, {"LidIsClosed": True}, [])),
    ],
)
def test_going_away_is_heard(session, machine, qtbot: QtBot, path, interface, name, said):
    with qtbot.waitSignal(session.went_away, timeout=3000):
        say(machine, path, interface, name, *said)


def test_coming_back_is_not_going_away(session, machine, qtbot: QtBot):
    heard = []
    session.went_away.connect(lambda: heard.append(True))
    say(machine, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", False)
    say(machine, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    say(machine, *LID, {"LidIsClosed": False}, [])
    say(machine, *LID, {"OnBattery": True}, [])
    say(machine, SEAT, *LID[1:3], "org.freedesktop.login1.Seat", {"IdleHint": True}, [])
    with qtbot.waitSignal(session.went_away, timeout=3000):
        say(machine, SESSION, "org.freedesktop.login1.Session", "Lock")
    assert heard == [True]


class Logind(QDBusVirtualObject):
    """Lets somebody wait: sleep is held back until the pipe has no other end any more."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[object] = []
        self.held, self._other_end = os.pipe()
        os.set_blocking(self.held, False)

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked = [message.member(), *message.arguments()]
        answer = message.createReply()
        answer.setArguments([QDBusUnixFileDescriptor(self._other_end)])
        os.close(self._other_end)
        return connection.send(answer)


def test_the_machine_sleeps_only_once_the_program_has_locked(bus, machine, qtbot: QtBot):
    logind, ours = Logind(), QDBusConnection.connectToBus(bus, "ours")
    assert machine.registerVirtualObject("/org/freedesktop/login1", logind)
    session = DBusSession(ours, ours)
    session.listen()
    qtbot.waitUntil(lambda: session._asleep_after is not None)
    assert (logind.asked[:2], logind.asked[-1]) == (["Inhibit", "sleep"], "delay")
    with pytest.raises(BlockingIOError):
        os.read(logind.held, 1)
    session._asleep_after = None  # as the end of the process closes it
    assert os.read(logind.held, 1) == b""
    os.close(logind.held)
    QDBusConnection.disconnectFromBus("ours")
