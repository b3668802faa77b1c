"""Every test of windows: in our look, and nothing left behind."""

import gc
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QThread, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.printing.fonts import font_file
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme


@pytest.fixture(scope="session", autouse=True)
def same_letters(qapp: QApplication) -> None:
    """The same typeface on every machine, and whatever was printed before: widths are judged."""
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFontFromData(font_file(name))


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """The light look at 100%, restored after tests that change it."""
    apply_look(qapp, Theme.LIGHT, 1.0)
    usual = qapp.font(), qapp.palette()
    yield
    if (qapp.font(), qapp.palette()) != usual:  # costs most with a whole page open
        apply_look(qapp, Theme.LIGHT, 1.0)


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window."""
    threads = set(threading.enumerate())
    windows = set(QApplication.topLevelWidgets())
    gc.freeze()  # what was there before is not walked at the end: that took half of all the time
    yield
    left = _left(threads, windows)
    if left:
        gc.collect()
        left = _left(threads, windows)
    gc.unfreeze()
    assert not left, f"left behind: {left}"


def _left(threads: set[threading.Thread], windows: set[QWidget]) -> list[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = [f"thread {t.name}" for t in threading.enumerate() if t not in threads]
    found += [f"window {_named(w)}" for w in QApplication.topLevelWidgets() if w not in windows]
    for thing in gc.get_objects():
        kind = type(thing)
        if issubclass(kind, QTimer) and isValid(thing) and thing.isActive():
            found.append(f"running timer of {_named(thing.parent())}")
        elif issubclass(kind, QThread) and isValid(thing) and thing.isRunning():
            found.append(f"running thread {_named(thing)}")
    return found


def _named(thing: QObject | None) -> str:
    return "nobody" if thing is None else f"{type(thing).__name__} {thing.objectName()}"


def shown(widget: QWidget) -> QWidget:
    """The widget, shown and laid out."""
    widget.show()
    QApplication.processEvents()
    return widget


@pytest.fixture
def bus(qapp: QApplication) -> Iterator[str]:
    """The address of a D-Bus daemon of the test's own."""
    daemon_file = shutil.which("dbus-daemon")
    if daemon_file is None:
        pytest.skip("needs dbus-daemon, of Debian's dbus")
    command = [daemon_file, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()
