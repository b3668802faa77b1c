"""What macOS says of the session. Written from its documentation; not run on a Mac yet.

The screen's lock and the screensaver come as distributed notifications, sleep and a change of user
as notifications of the workspace. They are heard by an Objective-C object made at run time through
``ctypes``: a bridge of its own would be a dependency for six names.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

DISTRIBUTED = ("com.apple.screenIsLocked", "com.apple.screensaver.didstart")
WORKSPACE = (
    "NSWorkspaceWillSleepNotification",
    "NSWorkspaceScreensDidSleepNotification",
    "NSWorkspaceSessionDidResignActiveNotification",
)
_CLASS, _SELECTOR = b"YourFamilySession", b"wentAway:"
_TAKES_ONE_OBJECT = b"v@:@"


class MacSession(QObject):
    """Hears both centres. ``runtime`` is Objective-C's, or a test's."""

    went_away = Signal()

    def __init__(self, parent: QObject | None = None, runtime: Runtime | None = None) -> None:
        super().__init__(parent)
        self._runtime = runtime

    def listen(self) -> None:
        """Begin."""
        runtime = self._runtime or (ObjectiveC() if sys.platform == "darwin" else None)
        if runtime is None:
            return
        self._runtime = runtime
        runtime.hear(DISTRIBUTED, WORKSPACE, self.went_away.emit)


class Runtime:
    """What is asked of Objective-C."""

    def hear(
        self, distributed: tuple[str, ...], workspace: tuple[str, ...], heard: Callable[[], None]
    ) -> None:
        """Call ``heard`` at each of these notifications."""
        raise NotImplementedError


class ObjectiveC(Runtime):
    """The real one. It keeps what it made: a centre goes on calling an observer that is gone."""

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL("/usr/lib/libobjc.dylib")
        ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
        for function in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._library, function).restype = ctypes.c_void_p
        self._kept: list[object] = []

    def hear(
        self, distributed: tuple[str, ...], workspace: tuple[str, ...], heard: Callable[[], None]
    ) -> None:
        """Call ``heard`` at each of these notifications."""
        observer = self._observer(heard)
        centre = self._send(self._class(b"NSDistributedNotificationCenter"), b"defaultCenter")
        shared = self._send(self._class(b"NSWorkspace"), b"sharedWorkspace")
        for where, names in (
            (centre, distributed),
            (self._send(shared, b"notificationCenter"), workspace),
        ):
            for name in names:
                self._send(
                    where,
                    b"addObserver:selector:name:object:",
                    observer,
                    self._selector(_SELECTOR),
                    self._text(name),
                    None,
                )

    def _observer(self, heard: Callable[[], None]) -> int:
        method = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(
            lambda _self, _selector, _notification: heard()
        )
        base = ctypes.c_void_p(self._class(b"NSObject"))
        made = self._library.objc_allocateClassPair(base, _CLASS, ctypes.c_size_t(0))
        self._library.class_addMethod(
            ctypes.c_void_p(made),
            ctypes.c_void_p(self._selector(_SELECTOR)),
            method,
            _TAKES_ONE_OBJECT,
        )
        self._library.objc_registerClassPair(ctypes.c_void_p(made))
        observer = self._send(made, b"new")
        self._kept += [method, observer]
        return observer

    def _text(self, words: str) -> int:
        return self._send(
            self._class(b"NSString"), b"stringWithUTF8String:", ctypes.c_char_p(words.encode())
        )

    def _class(self, name: bytes) -> int:
        return int(self._library.objc_getClass(name))

    def _selector(self, name: bytes) -> int:
        return int(self._library.sel_registerName(name))

    def _send(self, receiver: int, selector: bytes, *given: object) -> int:
        kinds = [
            type(one) if isinstance(one, ctypes.c_char_p) else ctypes.c_void_p for one in given
        ]
        message = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)(
            ("objc_msgSend", self._library)
        )
        return int(message(receiver, self._selector(selector), *given) or 0)
