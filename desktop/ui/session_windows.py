"""What Windows says of the session. Written from its documentation; not run on Windows yet.

WM_WTSSESSION_CHANGE (after WTSRegisterSessionNotification) tells that the session was locked, left
or ended; WM_POWERBROADCAST that the machine suspends; and, once the lid switch's power setting is
registered, that the lid was shut.
"""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
LEFT = {
    0x2,  # WTS_CONSOLE_DISCONNECT: another user's session is in front
    0x4,  # WTS_REMOTE_DISCONNECT
    0x6,  # WTS_SESSION_LOGOFF
    0x7,  # WTS_SESSION_LOCK
}
LID_SWITCH = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3")
_NOTIFY_FOR_THIS_SESSION = 0
_DEVICE_NOTIFY_WINDOW_HANDLE = 0


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING, as far as a switch needs it."""

    _fields_ = (
        ("setting", ctypes.c_ubyte * 16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


class Message(ctypes.Structure):
    """MSG, as far as it is read here."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


def means_gone(message: int, wparam: int, lparam: int) -> bool:
    """True for a message that says that the worker is no longer in front of the screen."""
    if message == WM_WTSSESSION_CHANGE:
        return wparam in LEFT
    if message != WM_POWERBROADCAST:
        return False
    if wparam == PBT_POWERSETTINGCHANGE and lparam:
        setting = PowerSetting.from_address(lparam)
        return bytes(setting.setting) == LID_SWITCH.bytes_le and setting.value == 0
    return wparam == PBT_APMSUSPEND


class WindowsSession(QObject):
    """Hears the messages of a window of its own, which is never shown."""

    went_away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = _Messages(self.went_away.emit)
        self._window: QWidget | None = None

    def listen(self) -> None:
        """Begin."""
        application = QCoreApplication.instance()
        if self._window is not None or application is None:
            return
        self._window = QWidget()
        self.destroyed.connect(self._window.deleteLater)
        application.installNativeEventFilter(self._filter)
        _register(int(self._window.winId()))


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__()
        self._gone = gone

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: Any
    ) -> Any:
        """Look at a message and leave it to whom it is for."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name) == b"windows_generic_MSG":
            told = Message.from_address(int(message))
            if means_gone(told.message, told.wparam, told.lparam):
                self._gone()
        return False, 0


def _register(window: int) -> None:
    if sys.platform == "win32":
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, _NOTIFY_FOR_THIS_SESSION)
        lid = (ctypes.c_ubyte * 16).from_buffer_copy(LID_SWITCH.bytes_le)
        ctypes.windll.user32.RegisterPowerSettingNotification(
            window, ctypes.byref(lid), _DEVICE_NOTIFY_WINDOW_HANDLE
        )
