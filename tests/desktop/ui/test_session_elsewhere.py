"""Windows' and macOS's words for "nobody is there", as their documentation has them.

Neither is run on its own system here: what is held is how its messages are read.
"""

from __future__ import annotations

import ctypes

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.session_macos import DISTRIBUTED, WORKSPACE, MacSession, Runtime
from desktop.ui.session_windows import (
    LID_SWITCH,
    PBT_APMSUSPEND,
    PBT_POWERSETTINGCHANGE,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    Message,
    PowerSetting,
    WindowsSession,
    means_gone,
)


@pytest.mark.parametrize(
    ("message", "wparam", "gone"),
    [
        (WM_WTSSESSION_CHANGE, 0x7, True),  # locked
        (WM_WTSSESSION_CHANGE, 0x8, False),  # unlocked
        (WM_WTSSESSION_CHANGE, 0x2, True),  # another user
        (WM_WTSSESSION_CHANGE, 0x1, False),  # this user again
        (WM_WTSSESSION_CHANGE, 0x6, True),  # logged off
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_POWERBROADCAST, 0x12, False),  # woke up
        (WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, False),  # of nothing
        (0x0100, 0x7, False),  # a key
    ],
)
def test_windows_messages(message, wparam, gone):
    assert means_gone(message, wparam, 0) is gone


@pytest.mark.parametrize(("value", "gone"), [(0, True), (1, False)])
def test_the_lid_of_a_windows_laptop(value, gone):
    setting = PowerSetting((ctypes.c_ubyte * 16)(*LID_SWITCH.bytes_le), 4, value)
    at = ctypes.addressof(setting)
    assert means_gone(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, at) is gone
    other = PowerSetting((ctypes.c_ubyte * 16)(), 4, value)
    assert not means_gone(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, ctypes.addressof(other))


def test_a_windows_message_becomes_the_signal(qtbot: QtBot):
    session = WindowsSession()
    told = Message(None, WM_WTSSESSION_CHANGE, 0x7, 0)
    with qtbot.waitSignal(session.went_away):
        heard = session._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    assert heard == (False, 0)
    with qtbot.assertNotEmitted(session.went_away):
        session._filter.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(told))


def test_every_notification_of_a_mac_becomes_the_signal(qtbot: QtBot):
    class Centres(Runtime):
        def hear(self, distributed, workspace, heard):
            self.names, self.heard = (*distributed, *workspace), heard

    centres = Centres()
    session = MacSession(runtime=centres)
    session.listen()
    assert centres.names == (*DISTRIBUTED, *WORKSPACE)
    with qtbot.waitSignal(session.went_away):
        centres.heard()
