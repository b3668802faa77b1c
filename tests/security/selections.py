"""Who owns what was copied and what is marked, asked of a real X server."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SELECTIONS = (b"CLIPBOARD", b"PRIMARY")
_X11 = "libX11.so.6"


def is_there() -> bool:
    """Whether this machine can show windows to nobody."""
    try:
        ctypes.CDLL(_X11)
    except OSError:
        return False
    return shutil.which("Xvfb") is not None


@dataclass(frozen=True)
class Screen:
    """A display of the test's own, and the process that keeps it."""

    name: str
    pid: int

    def owned(self) -> set[bytes]:
        """The selections that some window owns, and would give to whoever pastes."""
        library = ctypes.CDLL(_X11)
        library.XOpenDisplay.restype = ctypes.c_void_p
        library.XGetSelectionOwner.restype = library.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(library.XOpenDisplay(self.name.encode()))
        assert display
        owned = {
            each
            for each in SELECTIONS
            if library.XGetSelectionOwner(
                display, ctypes.c_ulong(library.XInternAtom(display, each, 0))
            )
        }
        library.XCloseDisplay(display)
        return owned

    def nobody_owns_any(self, within: float) -> bool:
        """Whether that is so in so many seconds: a server takes a moment to see who has gone."""
        until = time.monotonic() + within
        while self.owned():
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True


@contextmanager
def a_screen() -> Iterator[Screen]:
    """An X server without a window manager, for as long as it is used."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield Screen(f":{server.stdout.readline().strip()}", server.pid)
        finally:
            server.terminate()
