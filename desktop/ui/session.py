"""What the machine says of the session: screen locked, asleep, lid closed, another user.

Linux: logind (`org.freedesktop.login1`), UPower for a lid that is shut without sleep (docked), and
the screensavers on D-Bus. Windows and macOS have their own ways behind the same signal, in
`session_windows` and `session_macos`.
"""

from __future__ import annotations

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from desktop.ui.slots import slot
from desktop.ui.words import tr

_LOGIND = "org.freedesktop.login1"
_POWER = "org.freedesktop.UPower"
_SCREENSAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)

_ROOT = "/org/freedesktop/login1"
_SEAT = "/org/freedesktop/login1/seat/seat0"
_LID = "/org/freedesktop/UPower"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class SessionSignals(Protocol):
    """Tells when the worker is no longer in front of the screen."""

    @property
    def went_away(self) -> SignalInstance:
        """The screen was locked, the laptop goes to sleep, or another user came."""

    def listen(self) -> None:
        """Begin."""


class SilentSession(QObject):
    """Where the machine tells nothing: idle time and Ctrl+L remain."""

    went_away = Signal()

    def listen(self) -> None:
        """There is nothing to hear."""


class DBusSession(QObject):
    """Linux. ``system`` and ``session`` are the two buses; one that is not there is not heard.

    It hears the lock of any session of this machine, not only of its own: locking once too often
    costs a passphrase, once too seldom a family's trust.
    """

    went_away = Signal()

    def __init__(
        self, system: QDBusConnection, session: QDBusConnection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._system, self._session = system, session
        self._asleep_after: QDBusUnixFileDescriptor | None = None

    def listen(self) -> None:
        """Begin to hear both buses."""
        if self._system.isConnected():
            self._hear(_ROOT, f"{_LOGIND}.Manager", "PrepareForSleep", "sleeps(bool)")
            self._hear("", f"{_LOGIND}.Session", "Lock", "locks()")
            changed = "seat_changed(QString,QVariantMap)"
            self._hear(_SEAT, _PROPERTIES, "PropertiesChanged", changed)
            self._hear_the_lid()
            self._hold_sleep_back()
        if self._session.isConnected():
            for interface, path in _SCREENSAVERS:
                self._session.connect(
                    "", path, interface, "ActiveChanged", self, slot("saver_changed(bool)")
                )

    def _hear_the_lid(self) -> None:
        """Asking for it starts UPower where nothing else has; what it answers is not awaited."""
        changed = slot("power_changed(QString,QVariantMap)")
        self._system.connect(_POWER, _LID, _PROPERTIES, "PropertiesChanged", self, changed)
        ask = QDBusMessage.createMethodCall(_POWER, _LID, _PROPERTIES, "Get")
        ask.setArguments([_POWER, "LidIsClosed"])
        self._system.send(ask)

    def _hold_sleep_back(self) -> None:
        """The machine sleeps once this process has ended, or after logind's few seconds.

        Else it could fall asleep in the middle of the lock, and wake up with it still to come.
        """
        ask = QDBusMessage.createMethodCall(_LOGIND, _ROOT, f"{_LOGIND}.Manager", "Inhibit")
        ask.setArguments(["sleep", "Your Family", tr("It locks first."), "delay"])
        answers = slot("sleep_is_held(QDBusMessage)"), slot("sleep_is_not_held()")
        self._system.callWithCallback(ask, self, *answers)

    def _hear(self, path: str, interface: str, name: str, heard_by: str) -> None:
        self._system.connect(_LOGIND, path, interface, name, self, slot(heard_by))

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """The laptop goes to sleep, or its lid was closed."""
        if begins:
            self.went_away.emit()

    @Slot("QDBusMessage")
    def sleep_is_held(self, answer: QDBusMessage) -> None:
        """logind waits for as long as this is open: until the process has ended."""
        (self._asleep_after,) = answer.arguments()

    @Slot()
    def sleep_is_not_held(self) -> None:
        """No logind, or one that lets nobody wait: the lock begins with its signal all the same."""

    @Slot()
    def locks(self) -> None:
        """A screen is locked."""
        self.went_away.emit()

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:
        """The screensaver has come or gone."""
        if active:
            self.went_away.emit()

    @Slot(str, "QVariantMap")
    def seat_changed(self, _of: str, changed: dict[str, object]) -> None:
        """Another user's session is in front; or the seat is idle, which the program judges."""
        if "ActiveSession" in changed:
            self.went_away.emit()

    @Slot(str, "QVariantMap")
    def power_changed(self, _of: str, changed: dict[str, object]) -> None:
        """The lid was shut, whatever the machine does about it; or something else of its power."""
        if changed.get("LidIsClosed") is True:
            self.went_away.emit()


def session_of_this_machine(parent: QObject | None = None) -> SessionSignals:
    """The signals of the machine that the program runs on."""
    if sys.platform == "win32":
        from desktop.ui.session_windows import WindowsSession

        return WindowsSession(parent)
    if sys.platform == "darwin":
        from desktop.ui.session_macos import MacSession

        return MacSession(parent)
    if sys.platform != "linux":
        return SilentSession(parent)
    return DBusSession(
        QDBusConnection.systemBus(),
        QDBusConnection.sessionBus(),
        parent,
    )
